// The steps of the tables at the office's door: taken exactly where the table has them, by whom it
// names, and with nothing changed where they are refused.
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include "common/catalog/check_digit.hpp"
#include "common/catalog/review.hpp"
#include "common/workflow/establishment.hpp"
#include "common/workflow/step.hpp"

#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using merge::VerdictKind;

TEST_SUITE("server/intake/steps") {
    TEST_CASE("a file goes from the laptop's draft to the archive, each step by whom it is for") {
        Steps steps;
        const auto file = steps.draft(steps.office.ann);
        CHECK(steps.asks(steps.office.ann, file, "submit") == "ok");
        CHECK(steps.state(file) == "superior_review");
        CHECK(steps.takes(steps.chief, file, "approve") == "ok");
        steps.office.checked_by(steps.inspector, file);
        CHECK(steps.takes(steps.inspector, file, "verified", "电话核实") == "ok");
        CHECK(steps.state(file) == "clerk_posting");
        CHECK(steps.takes(steps.office.clerk, file, "post") == "ok");
        CHECK(steps.state(file) == "active");
        CHECK_FALSE(is_empty(steps.office.value_of(file, "customer_no")));
        CHECK(steps.takes(steps.office.manager, file, "archive", "两年无往来") == "ok");
        CHECK(steps.takes(steps.office.manager, file, "reactivate") == "ok");
        CHECK(steps.state(file) == "active");
    }
    TEST_CASE("each file posted gets a number of its own, which no later file gets again") {
        Steps steps;
        std::set<std::string> numbers;
        for (int file = 1; file <= 3; ++file) {
            const auto id = steps.draft(steps.office.ann);
            CHECK(is_empty(steps.office.value_of(id, "customer_no")));
            // The office itself: of what a salesperson drafted a superior would review it first.
            REQUIRE(steps.says({}, Steps::event(kCustomer, id, "post")) == "ok");
            const auto number = *as_text(steps.office.value_of(id, "customer_no"));
            CHECK(number.starts_with("KH-"));
            CHECK(catalog::holds_mod_11_10(number));
            CHECK(numbers.insert(number).second);
            // Neither a file that is void nor one that is gone gives its number back.
            if (file == 1)
                REQUIRE(steps.takes(steps.office.manager, id, "void", "无此单位") == "ok");
            if (file == 2) {
                const merge::Op gone{
                    .kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = id};
                REQUIRE(steps.says(steps.office.manager.user, gone, "重复录入") == "ok");
            }
        }
    }
    TEST_CASE("a file is sent back with a reason, and comes again") {
        Steps steps;
        const auto file = steps.draft(steps.office.ann);
        REQUIRE(steps.asks(steps.office.ann, file, "submit") == "ok");
        CHECK(steps.takes(steps.chief, file, "return") == "intake.reason_needed");
        CHECK(steps.takes(steps.chief, file, "return", "地址不全") == "ok");
        CHECK(steps.state(file) == "returned");
        CHECK(steps.asks(steps.office.ann, file, "resubmit") == "ok");
        CHECK(steps.takes(steps.chief, file, "approve") == "ok");
        CHECK(steps.takes(steps.inspector, file, "refuted", "电话不通") == "ok");
        CHECK(steps.state(file) == "returned");
    }
    TEST_CASE("the door takes a step in exactly the states of its row, and else changes nothing") {
        Steps steps;
        std::size_t taken = 0;
        for (const auto& from : workflow::kEstablishment.states) {
            std::set<std::string_view> events;
            for (const auto& row : workflow::kEstablishment.steps) events.insert(row.event);
            for (const auto event : events) {
                CAPTURE(from.code);
                CAPTURE(event);
                const auto file = steps.office.customer_of(steps.office.ann, "杭州明润医药");
                steps.sets(catalog::kCustomer, file, "file_state", text(from.code));
                const auto before = steps.all(kCustomer, file);
                const auto length = steps.history(file);
                const auto row = workflow::may_step(workflow::kEstablishment, event, before, {});
                const auto said = steps.says({}, Steps::event(kCustomer, file, event), "试试");
                if (row && said == "ok") {
                    ++taken;
                    CHECK(steps.state(file) == ((*row)->to.empty() ? from.code : (*row)->to));
                    CHECK(steps.history(file) == length + 1);
                    continue;
                }
                // An enterprise's file lacks what a submission asks for, and no duplicate is named:
                // the answers of a guard and of the inputs.
                if (row)
                    CHECK((said == "intake.not_filled" || said == "intake.missing_input"));
                else
                    CHECK(said == row.error().id());
                CHECK(steps.all(kCustomer, file) == before);
                CHECK(steps.history(file) == length);
            }
        }
        CHECK(taken == 18);
    }
    TEST_CASE("a step is refused to whom its row does not name") {
        Steps steps;
        const auto file = steps.draft(steps.office.ann);
        CHECK(steps.asks(steps.office.ben, file, "submit") == "intake.unknown_record");
        CHECK(steps.takes(steps.office.clerk, file, "submit") == "access.denied");
        REQUIRE(steps.asks(steps.office.ann, file, "submit") == "ok");
        CHECK(steps.asks(steps.office.ann, file, "approve") == "access.denied");
        CHECK(steps.takes(steps.office.manager, file, "approve") == "access.denied");
        CHECK(steps.takes(steps.office.admin, file, "approve") == "intake.unknown_record");
        CHECK(steps.takes(steps.office.clerk, file, "void", "试试") == "access.denied");
        CHECK(steps.state(file) == "superior_review");
        // Who may not take it is not told where the file stands.
        CHECK(steps.takes(steps.office.clerk, file, "verified", "试试") == "access.denied");
        CHECK(steps.takes(steps.inspector, file, "verified", "试试") == "intake.out_of_turn");
    }
    TEST_CASE("whoever made a file does not verify it") {
        Steps steps;
        steps.sets(catalog::kUser, steps.inspector.user.as<RecordTag>(), "superior_user_id",
                   steps.chief.user.as<RecordTag>());
        const auto file = steps.draft(steps.inspector);
        REQUIRE(steps.asks(steps.inspector, file, "submit") == "ok");
        REQUIRE(steps.takes(steps.chief, file, "approve") == "ok");
        CHECK(steps.takes(steps.inspector, file, "verified", "自己核实") == "intake.same_signer");
        CHECK(steps.state(file) == "inspection");
        auto other = steps.hires("second", "market_inspector");
        steps.office.checked_by(other, file);
        CHECK(steps.takes(other, file, "verified", "电话核实") == "ok");
    }
    TEST_CASE("a file is submitted when it is filled in and somebody can review it") {
        Steps steps;
        const auto bare = steps.draft(steps.office.ann, {{"street_address", Value{}}});
        CHECK(steps.asks(steps.office.ann, bare, "submit") == "intake.not_filled");
        CHECK(steps.state(bare) == "draft");
        const auto orphan = steps.draft(steps.office.ben);
        CHECK(steps.asks(steps.office.ben, orphan, "submit") == "intake.no_superior");
    }
    TEST_CASE("a draft somebody wrote of is not discarded, and a discarded one takes no step") {
        Steps steps;
        const auto file = steps.draft(steps.office.ann);
        merge::Op visit{.kind = merge::OpKind::Create,
                        .record_kind = kCommunication.tag,
                        .record = steps.office.desk.ids().make<RecordId>(),
                        .fields = values_of(kCommunication, {{"customer_id", file},
                                                             {"purpose", text("回访")},
                                                             {"content", text("谈了天平")}})};
        REQUIRE(steps.office.ann.pushes({visit}, steps.office.clock.now()).front().kind ==
                VerdictKind::Applied);
        CHECK(steps.takes(steps.office.ann, file, "discard", "无意向") == "intake.spoken_of");
        const auto empty = steps.draft(steps.office.ann);
        CHECK(steps.takes(steps.chief, empty, "discard", "无意向") == "ok");
        CHECK(steps.state(empty) == "void");
        CHECK(steps.takes(steps.office.ann, empty, "submit") == "intake.settled");
    }
    TEST_CASE("a file with open proposals is not archived") {
        Steps steps;
        const auto file = steps.office.customer_of(steps.office.ann, "杭州明润医药");
        const auto verdict = steps.office.ann.sets(file, "name", text("杭州明润医药"),
                                                   text("杭州明润健康"), steps.office.clock.now());
        REQUIRE(verdict.kind == VerdictKind::Proposal);
        CHECK(steps.takes(steps.office.manager, file, "archive", "无往来") ==
              "intake.open_matters");
        CHECK(steps.state(file) == "active");
    }
    TEST_CASE("a decision is taken once: the second is told so and changes nothing") {
        Steps steps;
        const auto file = steps.office.customer_of(steps.office.ann, "杭州明润医药");
        REQUIRE(steps.office.ann
                    .sets(file, "name", text("杭州明润医药"), text("杭州明润健康"),
                          steps.office.clock.now())
                    .kind == VerdictKind::Proposal);
        const auto proposal = steps.office.inside([&](Office& desk) {
            return desk.store().find(catalog::kProposal.tag,
                                     field(catalog::kProposal, "record_id").tag, file);
        });
        REQUIRE(proposal.size() == 1);
        const auto event = [&](std::string_view name) {
            return steps.says(steps.office.clerk.user,
                              Steps::event(catalog::kProposal, proposal.front(), name), "已核");
        };
        CHECK(event("accept") == "intake.stale");  // no Set made the value current
        CHECK(event("refuse") == "ok");
        const auto decided = steps.all(catalog::kProposal, proposal.front());
        CHECK(event("refuse") == "intake.settled");
        CHECK(event("accept") == "intake.settled");
        CHECK(event("withdraw") == "access.denied");  // a step of the office itself
        CHECK(steps.all(catalog::kProposal, proposal.front()) == decided);
    }
    TEST_CASE("whoever proposed a value does not accept it") {
        Steps steps;
        const auto file = steps.office.customer_of(steps.office.ann, "杭州明润医药");
        const auto proposal = steps.makes(catalog::kProposal,
                                          {{"number", std::int64_t{1}},
                                           {"entity", text("customer")},
                                           {"record_id", file},
                                           {"customer_id", file},
                                           {"field", text("name")},
                                           {"old_value", text("{}")},
                                           {"new_value", text("{\"name\":\"杭州明润医药\"}")},
                                           {"proposed_by", steps.office.clerk.user.as<RecordTag>()},
                                           {"state", text("open")}});
        const auto accept = Steps::event(catalog::kProposal, proposal, "accept");
        const auto before = steps.all(catalog::kProposal, proposal);
        CHECK(steps.says(steps.office.clerk.user, accept) == "intake.same_signer");
        CHECK(steps.all(catalog::kProposal, proposal) == before);
        CHECK(steps.says(steps.office.manager.user, accept) == "ok");
    }
    TEST_CASE("a step carries no field its row does not take") {
        Steps steps;
        const auto file = steps.office.customer_of(steps.office.ann, "杭州明润医药");
        auto op = Steps::event(kCustomer, file, "archive");
        op.fields = values_of(kCustomer, {{"customer_no", text("KH-1")}});
        CHECK(steps.says(steps.office.manager.user, op, "无往来") == "merge.unknown_field");
        CHECK(is_empty(steps.office.value_of(file, "customer_no")));
        CHECK(steps.says(steps.office.manager.user, Steps::event(kCustomer, file, "promote")) ==
              "intake.unknown_event");
    }
}
