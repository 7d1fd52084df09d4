// Actions of a laptop without a terminal: inputs in, an answer out.
#include "client/actions/perform.hpp"

#include <map>

#include <doctest/doctest.h>

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using client::find_action;

using Given = std::vector<std::pair<std::string, std::string>>;

struct Worker {
    Worker() { REQUIRE(world.sync()); }

    action::Outcome ask(std::string_view name,
                        const Given& given = {},
                        std::function<void(const std::string&)> on_note = {}) {
        client::Order order{.action = find_action(name), .on_note = std::move(on_note)};
        for (const auto& [key, value] : given) order.inputs.put(key, {value});
        client::Laptop laptop{world.laptop.store(), world.laptop.intake(), world.laptop.ids,
                              world.laptop.clock, world.laptop.random};
        return client::perform(order, laptop);
    }

    World world;
};

TEST_SUITE("client/actions") {
    TEST_CASE("every answer is there for people and as data for programs") {
        Worker worker;
        REQUIRE(
            worker.ask("customer.edit", {{"customer", "明润"}, {"fax", "0571-11112222"}}).code ==
            0);
        REQUIRE(worker.ask("contact.add", {{"name", "王海燕"}, {"customer", "明润"}}).code == 0);
        REQUIRE(
            worker
                .ask("visit.add", {{"customer", "明润"}, {"purpose", "回访"}, {"text", "谈了天平"}})
                .code == 0);
        REQUIRE(worker.ask("worklog.line", {{"text", "上门"}}).code == 0);
        for (const auto& [name, given] : std::vector<std::pair<std::string_view, Given>>{
                 {"status", {}},
                 {"customer.show", {{"customer", "明润"}}},
                 {"customer.list", {}},
                 {"search", {{"text", "明润"}}},
                 {"search", {{"text", "没有这个"}}},
                 {"contact.list", {{"customer", "明润"}}},
                 {"visit.list", {}},
                 {"attach.list", {{"customer", "明润"}}},
                 {"worklog.show", {}},
                 {"worklog.show", {{"date", "2026-01-05"}}},
                 {"pending", {}},
                 {"log", {}},
                 {"diff", {}},
                 {"tray.list", {}},
                 {"case.list", {}},
                 {"check", {}}}) {
            CAPTURE(name);
            const auto outcome = worker.ask(name, given);
            CHECK(outcome.code == 0);
            CHECK_FALSE(outcome.answer.parts.empty());
            CHECK(outcome.answer.data.is_object());
        }
    }

    TEST_CASE("a note is told at once to who listens, and stands in the answer for who does not") {
        Worker worker;
        std::vector<std::string> heard;
        const auto told = worker.ask("customer.list", {},
                                     [&](const std::string& words) { heard.push_back(words); });
        REQUIRE(heard.size() == 1);
        CHECK(told.answer.notes.empty());
        CHECK(worker.ask("customer.list").answer.notes == heard);
    }

    TEST_CASE("what a shell does itself is refused as unknown, and so is what there is not") {
        Worker worker;
        for (const auto* name : {"init", "backup.verify", "bogus"}) {
            CAPTURE(name);
            const auto outcome = worker.ask(name);
            REQUIRE(outcome.refusal);
            CHECK(outcome.refusal->id == "action.unknown");
            CHECK(outcome.code == outcome.refusal->code);
        }
    }

    TEST_CASE("no shell passes the gate: after the lease an action is refused, or records sealed") {
        Worker worker;
        worker.world.office.lease_until_ms = kMorning.plus(std::chrono::hours(24)).ms;
        REQUIRE(worker.world.sync());
        CHECK(worker.ask("customer.list").code == 0);
        worker.world.laptop.clock.advance(std::chrono::hours(48));
        const auto refused = worker.ask("customer.list");
        REQUIRE(refused.refusal);
        CHECK(refused.refusal->id == "client.lease_over");
        CHECK(refused.answer.parts.empty());
        CHECK(worker.ask("status").code == 0);
        CHECK(worker.ask("visit.add", {{"customer", "明润"}}).refusal->id == "client.number_only");
    }

    TEST_CASE("an action that only reads changes nothing of the store") {
        Worker worker;
        REQUIRE(worker.ask("customer.list").code == 0);  // the time is noted now
        const std::map<std::string, std::vector<std::string>> some{
            {"customer", {"明润"}}, {"text", {"明润"}}, {"limit", {"5"}}};
        worker.world.laptop.store().connection().exec("PRAGMA query_only=ON");
        std::size_t asked = 0;
        for (const client::Action* action : client::actions()) {
            if (action->needs != client::Needs::Reading) continue;
            CAPTURE(action->words);
            std::map<std::string, std::vector<std::string>> inputs;
            bool is_known = true;
            for (const auto& input : action->inputs) {
                const auto at = some.find(input.key());
                if (at != some.end()) inputs.insert(*at);
                is_known = is_known && (at != some.end() || !input.is_required());
            }
            if (!is_known) continue;
            client::Order order{.action = action};
            for (auto& [key, values] : inputs) order.inputs.put(key, values);
            client::Laptop laptop{worker.world.laptop.store(), worker.world.laptop.intake(),
                                  worker.world.laptop.ids, worker.world.laptop.clock,
                                  worker.world.laptop.random};
            const auto outcome = client::perform(order, laptop);
            if (outcome.refusal) CHECK(outcome.refusal->error != ErrorCode::NoSpace);
            ++asked;
        }
        CHECK(asked > 40);
    }
}

}  // namespace
}  // namespace dossier::test
