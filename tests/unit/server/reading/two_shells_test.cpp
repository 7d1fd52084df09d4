// A rule holds whoever asks: the same is asked for as an action and as a request of another
// process, with no command line in between; both are refused alike and change nothing.
#include <algorithm>

#include <doctest/doctest.h>

#include "common/catalog/value_json.hpp"

#include "server/control/orders.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

using control::Request;
using server::Action;

struct Shells : Counter {
    /// Every record with its values and the length of its history.
    std::string everything() {
        const server::Unit unit(*store);
        std::string all;
        for (const auto* kind : catalog::kinds()) {
            for (const RecordId& id : store->list(kind->tag, {}, 1000)) {
                all += to_text(id) + " " + std::to_string(store->history(id, {}).size()) + " " +
                       catalog::values_json(*kind,
                                            store->load(kind->tag, id).value_or(FieldValues{})) +
                       "\n";
            }
        }
        return all;
    }
    action::Outcome directly(const control::Request& request) {
        const Action& action = *server::find_action(request.action);
        return server::perform({.action = &action,
                                .inputs = *action::inputs_from(action, request.inputs),
                                .as = request.as,
                                .purpose = request.purpose,
                                .lang = request.lang,
                                .start = request.folder},
                               place);
    }
    action::Outcome from_afar(const control::Request& request) {
        auto line = control::encode(request);
        line.pop_back();
        const auto read = control::decode_request(line);
        REQUIRE(read.has_value());
        const auto answer = control::encode(server::answer_request(*read, place));
        auto outcome = control::decode_answer(answer, request.lang);
        REQUIRE(outcome.has_value());
        return std::move(*outcome);
    }
    void check_refused(const control::Request& request, std::string_view fault) {
        CAPTURE(request.action);
        CAPTURE(request.as);
        const auto before = everything();
        const auto direct = directly(request);
        const auto afar = from_afar(request);
        CHECK((direct.refusal ? direct.refusal->id : "taken") == fault);
        CHECK((afar.refusal ? afar.refusal->id : "taken") == fault);
        CHECK(direct.code == afar.code);
        CHECK(direct.answer.data == afar.answer.data);
        CHECK(everything() == before);
    }
};

/// What an action must be told, with a word that means nothing.
action::Json anything(const Action& action) {
    auto inputs = action::Json::object();
    for (const auto& input : action.inputs) {
        if (!input.is_required()) continue;
        if (input.is_many()) inputs[input.key()] = action::Json::array({"x"});
        if (!input.is_many()) inputs[input.key()] = "x";
    }
    return inputs;
}

bool changes_records(const Action& action) {
    const auto verb = action.words.substr(action.words.rfind(' ') + 1);
    return action.about != nullptr &&
           (verb == "add" || verb == "edit" || verb == "remove" || verb == "import");
}

TEST_SUITE("server/control/two_shells") {
    TEST_CASE("a grant without a purpose, or for too long, is refused whoever asks") {
        Shells office;
        office.has_customer("杭州明润医药");
        const action::Json grant{{"user", "wangf"}, {"customer", {"明润"}}};
        office.check_refused({.action = "grant.add", .inputs = grant, .as = "zhangw"},
                             "grant.purpose");
        office.check_refused(
            {.action = "grant.add", .inputs = grant, .as = "zhangw", .purpose = "看一看"},
            "access.purpose_needed");
        auto too_long = grant;
        too_long["days"] = "367";
        office.check_refused(
            {.action = "grant.add", .inputs = too_long, .as = "zhangw", .purpose = "展会拜访"},
            "cli.usage");
        auto offline = grant;
        offline["days"] = "8";
        offline["ops"] = "view,offline";
        office.check_refused(
            {.action = "grant.add", .inputs = offline, .as = "zhangw", .purpose = "展会拜访"},
            "grant.limits");
        office.check_refused(
            {.action = "grant.add", .inputs = grant, .as = "wangf", .purpose = "展会拜访"},
            "access.denied");
    }

    TEST_CASE("the book of syncs, rights of the past and the audit are for the same people") {
        Shells office;
        office.has_customer("杭州明润医药");
        for (const auto& [name, inputs] : std::vector<std::pair<std::string, action::Json>>{
                 {"device.ledger", {{"code", "N07"}}},
                 {"session.list", action::Json::object()},
                 {"session.show", {{"number", "1"}}},
                 {"late", action::Json::object()},
                 {"access.as-of", {{"date", "2026-03-02"}, {"user", "lijg"}}},
                 {"audit.list", action::Json::object()},
                 {"erased.list", action::Json::object()},
                 {"held.list", action::Json::object()},
                 {"held.show", {{"number", "1"}}},
                 {"backup.create", {{"folder", "copy"}}}})
            office.check_refused({.action = name,
                                  .inputs = inputs,
                                  .as = "wangf",
                                  .purpose = "随便看看",
                                  .folder = office.store.folder().string()},
                                 "access.denied");
    }

    TEST_CASE("rows of who may not enter them are refused, and what is taken stays a draft") {
        Shells office;
        const auto file = office.write("rows.csv", "客户名称,负责业务员,区域\n杭州明润,lijg,HD\n");
        const control::Request request{
            .action = "import", .inputs = {{"file", file}}, .as = "luop", .folder = "/"};
        const auto before = office.everything();
        const auto direct = office.directly(request);
        const auto afar = office.from_afar(request);
        for (const auto* outcome : {&direct, &afar}) {
            CHECK(outcome->answer.data["new"] == 0);
            CHECK(outcome->answer.data["refused"] == 1);
        }
        CHECK(direct.answer.data["rows"] == afar.answer.data["rows"]);
        CHECK(office.everything() == before);
        const auto other = office.write("more.csv", "客户名称,负责业务员,区域\n杭州明德,lijg,HD\n");
        const auto draft =
            office.from_afar({.action = "import", .inputs = {{"file", other}}, .as = "lijg"});
        CHECK(draft.answer.data["new"] == 1);
        CHECK(draft.answer.data["batch"] == "");
    }

    TEST_CASE("nobody, a stranger and who has left change no record of any kind") {
        Shells office;
        REQUIRE(office.type("user disable wangf").code == 0);
        std::size_t asked = 0;
        for (const Action* action : server::actions()) {
            if (!changes_records(*action)) continue;
            ++asked;
            const auto request = [&](const char* as) {
                return control::Request{.action = action::name_of(*action),
                                        .inputs = anything(*action),
                                        .as = as,
                                        .purpose = "日常维护",
                                        .folder = office.store.folder().string()};
            };
            office.check_refused(request(""), "cli.who_acts");
            office.check_refused(request("nobody"), "cli.unknown_user");
            office.check_refused(request("wangf"), "access.inactive");
        }
        CHECK(asked > 30);
    }
}

}  // namespace
}  // namespace dossier::test
