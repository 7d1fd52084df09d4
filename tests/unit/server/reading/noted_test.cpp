// Whoever gives somebody values of a record leaves a line that says who got what, and for which
// purpose: every action that reads is asked for by everybody here, and the audit is looked at.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "server/actions/perform.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

using server::Action;

constexpr std::string_view kPurpose = "核对档案内容";
constexpr std::array kAskers{"lijg", "wangf", "zhangw", "hanm", "sunli", "luop"};

/// A customer with a record of every kind a person adds, a grant, a laptop, a case and a proposal.
struct Furnished : Counter {
    Furnished() {
        has_customer("杭州明润医药");
        const auto letter = write("来函.txt", "请更正传真号码。");
        for (const std::string& line :
             {std::string("contact add 王海燕 -c 明润 --phones 13900001111 --is-primary 是"),
              std::string("communication add -c 明润 --content 客户询问 --purpose 新品介绍"),
              std::string("work-log add --summary 拜访两家"),
              std::string("customer-feature add -c 明润 --service-area 华东"),
              std::string("procurement-profile add -c 明润 --deciders 王海燕"),
              std::string("demand-plan add 冷链检测仪 -c 明润 --planned-on 2026-06-01"),
              std::string("contact-private add --contact 王海燕 --hobbies 围棋"),
              "attach add " + letter + " -c 明润 --doc-kind 往来函"})
            REQUIRE(type(line + " --as lijg").code == 0);
        REQUIRE(type("grant add --user wangf --customer 明润 --days 5 --purpose 展会拜访 "
                     "--as zhangw")
                    .code == 0);
        // A salesperson's change of a name waits for somebody to verify it.
        REQUIRE(type("customer edit 明润 --name 杭州明润药业 --as lijg").code == 0);
        edit("hanm", "明润", "owners", "", R"([{"name":"股东甲","share_bp":10000}])");
        edit("lijg", "明润", "owners", "", R"([{"name":"股东乙","share_bp":10000}])");
    }

    server::AuditEnd end() {
        const server::Unit unit(*store);
        return store->audit_end();
    }
    std::vector<server::AuditLine> since(std::uint64_t seq) {
        const server::Unit unit(*store);
        return store->audit(seq, 1000);
    }
    UserId user(std::string_view login) {
        const server::Unit unit(*store);
        office.people().forget();
        return *office.people().user_by_login(std::string(login));
    }
    /// Records of the kind; customers first in the tests are the only one.
    std::vector<RecordId> records(const catalog::Kind& kind) {
        const server::Unit unit(*store);
        return store->list(kind.tag, {}, 10);
    }
};

bool gives(const action::Outcome& outcome) {
    if (outcome.refusal) return false;
    const auto& data = outcome.answer.data;
    if (data.is_object() && data.contains("written")) return data["written"] != 0;
    return !data.empty();
}

/// A line of the asker, for the purpose, about the kind; about the record where one was asked for.
bool is_noted(const std::vector<server::AuditLine>& lines,
              const UserId& who,
              std::string_view entity,
              const RecordId& record) {
    return std::ranges::any_of(lines, [&](const server::AuditLine& line) {
        return line.user == who && line.purpose == kPurpose && line.result == "ok" &&
               (entity.empty() || line.entity == entity) &&
               (record.is_none() || line.record == record);
    });
}

std::string_view verb_of(const Action& action) {
    return action.words.substr(action.words.rfind(' ') + 1);
}

struct Asked {
    action::Json inputs;
    RecordId record;
};

/// How a derived action is asked for; once for each record of the kind where it is about one.
std::vector<Asked> askings(Furnished& office, const Action& action) {
    const auto verb = verb_of(action);
    if (verb == "list") return {{action::Json::object(), {}}};
    if (verb == "export") return {{{{"file", "out.csv"}}, {}}};
    if (verb != "show" && verb != "history") return {};
    std::vector<Asked> all;
    for (const RecordId& id : office.records(*action.about))
        all.push_back({{{std::string(action.about->name), to_text(id)}}, id});
    return all;
}

struct Told {
    std::size_t given = 0;
    std::vector<std::string> silent;  ///< gave values and left no line
};

void ask(Furnished& office,
         const Action& action,
         const Asked& asked,
         std::string_view login,
         std::string_view entity,
         Told& told) {
    auto inputs = action::inputs_from(action, asked.inputs);
    REQUIRE(inputs.has_value());
    const auto before = office.end().seq;
    static int turn = 0;
    if (inputs->has("file")) inputs->put("file", {"out" + std::to_string(++turn) + ".csv"});
    const auto outcome = server::perform({.action = &action,
                                          .inputs = std::move(*inputs),
                                          .as = std::string(login),
                                          .purpose = std::string(kPurpose),
                                          .lang = Lang::En,
                                          .start = office.store.folder().string()},
                                         office.place);
    if (!gives(outcome)) return;
    ++told.given;
    if (!is_noted(office.since(before), office.user(login), entity, asked.record))
        told.silent.push_back(std::string(action.words) + " by " + std::string(login));
}

TEST_SUITE("server/reading/noted") {
    TEST_CASE(
        "whoever lists, sees, looks back at or exports records of any kind leaves a line that says "
        "who, what and for which purpose") {
        Furnished office;
        std::set<std::string_view> kinds_given;
        for (const Action* action : server::actions()) {
            if (action->about == nullptr) continue;
            Told told;
            for (const auto& asked : askings(office, *action)) {
                for (const char* login : kAskers)
                    ask(office, *action, asked, login, action->about->name, told);
            }
            for (const auto& each : told.silent) FAIL_CHECK("no line in the audit: " << each);
            if (told.given > 0) kinds_given.insert(action->about->name);
        }
        // Of every kind the office holds a record of something was given.
        for (const auto* kind : catalog::kinds())
            CHECK_MESSAGE((office.records(*kind).empty() || kinds_given.contains(kind->name)),
                          kind->name);
        CHECK(kinds_given.size() >= 14);
    }

    TEST_CASE("so does whoever gets values of a file by an action of its own") {
        Furnished office;
        const auto customer = office.records(*catalog::find_kind("customer")).front();
        const auto document = office.records(*catalog::find_kind("attachment")).front();
        REQUIRE(office.type("contact remove 王海燕 -c 明润 --reason 录错 --as lijg").code == 0);
        const auto file = office.store.folder() / "content";
        struct Row {
            std::string_view action;
            action::Json inputs;
            const char* login;
            std::string_view entity;
            RecordId record;
        };
        const std::vector<Row> rows{
            {"customer.list", {{"text", "明润"}}, "lijg", "customer", {}},
            {"attach.list", {{"customer", "明润"}}, "lijg", "attachment", document},
            {"attach.get",
             {{"id", to_text(document)}, {"file", file.string()}},
             "lijg",
             "attachment",
             document},
            {"removed.list", {{"customer", "明润"}}, "lijg", "contact", {}},
            {"access.explain",
             {{"user", "wangf"}, {"customer", "明润"}},
             "hanm",
             "customer",
             customer},
            {"access.as-of",
             {{"date", "2026-03-02"}, {"user", "lijg"}, {"customer", "明润"}},
             "sunli",
             "customer",
             customer},
            {"case.show", {{"number", "1"}}, "hanm", "case", {}},
            {"grant.list", action::Json::object(), "zhangw", "access_grant", {}},
            {"audit.list", action::Json::object(), "sunli", "", {}},
            {"report.run", {{"code", "RP-14"}}, "sunli", "customer", {}},
            {"user.list", action::Json::object(), "sunli", "user", {}},
            {"user.show",
             {{"login", "lijg"}},
             "sunli",
             "user",
             office.user("lijg").as<RecordTag>()},
            {"role.list", action::Json::object(), "luop", "role_assignment", {}},
            {"region.list", action::Json::object(), "lijg", "region", {}},
            {"department.list", action::Json::object(), "lijg", "department", {}},
        };
        for (const Row& row : rows) {
            CAPTURE(row.action);
            const Action* action = server::find_action(row.action);
            REQUIRE(action != nullptr);
            Told told;
            ask(office, *action, {row.inputs, row.record}, row.login, row.entity, told);
            CHECK(told.given == 1);
            CHECK(told.silent.empty());
        }
    }

    TEST_CASE("who is refused the content of a document or a copy of all is noted as refused") {
        Furnished office;
        const auto refused = [&](std::string_view name, action::Json inputs, const char* login) {
            const Action& action = *server::find_action(name);
            const auto before = office.end().seq;
            const auto outcome = server::perform({.action = &action,
                                                  .inputs = *action::inputs_from(action, inputs),
                                                  .as = login,
                                                  .purpose = std::string(kPurpose),
                                                  .start = office.store.folder().string()},
                                                 office.place);
            CHECK(outcome.refusal.has_value());
            const auto lines = office.since(before);
            return std::ranges::any_of(lines, [&](const server::AuditLine& line) {
                return line.user == office.user(login) && line.result == "denied" &&
                       line.purpose == kPurpose;
            });
        };
        const auto document = office.records(*catalog::find_kind("attachment")).front();
        CHECK(refused("attach.get", {{"id", to_text(document)}, {"file", "x"}}, "luop"));
        CHECK(refused("export", {{"kind", "customer"}, {"file", "x.csv"}}, "luop"));
        CHECK(refused("backup.create", {{"folder", "b"}}, "lijg"));
    }
}

}  // namespace
}  // namespace dossier::test
