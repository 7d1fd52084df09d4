// Removing a file asks what the steps that end it ask, whichever way the removal comes, and leaves
// nobody with a task. Source: WF-01, C-23.
#include <doctest/doctest.h>

#include "common/catalog/field_check.hpp"
#include "common/catalog/states.hpp"

#include "server/review/cases.hpp"
#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kDeletedAt;
using catalog::kFieldCheck;
using catalog::kTask;

namespace {

struct Leaving : Steps {
    static merge::Op removal(const RecordId& file) {
        return {.kind = merge::OpKind::Remove, .record_kind = kCustomer.tag, .record = file};
    }
    std::string removes(const SmallOffice::Person& actor, const RecordId& file) {
        return says(actor.user, removal(file));
    }
    /// The same on his laptop.
    merge::Verdict takes_back(SmallOffice::Person& actor, const RecordId& file) {
        auto op = removal(file);
        op.base_fv = Fv{1'000};
        return actor.pushes({op}, office.clock.now()).front();
    }
    void visits(SmallOffice::Person& who, const RecordId& file) {
        const merge::Op op{
            .kind = merge::OpKind::Create,
            .record_kind = kCommunication.tag,
            .record = office.desk.ids().make<RecordId>(),
            .fields = values_of(kCommunication, {{"customer_id", file},
                                                 {"kind", text("visit")},
                                                 {"purpose", text("回访")},
                                                 {"started_at", office.clock.now().ms},
                                                 {"content", text("谈了交货期")}})};
        REQUIRE(who.pushes({op}, office.clock.now()).front().kind == merge::VerdictKind::Applied);
    }
    bool is_removed(const RecordId& file) {
        return find(all(kCustomer, file), kDeletedAt) != nullptr;
    }
    std::size_t tasks_of(const RecordId& file) {
        server::Unit unit(*office.store);
        std::size_t open = 0;
        for (const auto& id : office.store->find(kTask.tag, field(kTask, "subject_id").tag, file)) {
            const auto task = office.store->load(kTask.tag, id).value_or(FieldValues{});
            open += text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen ? 1U : 0U;
        }
        return open;
    }
    /// A proposal that waits for the clerk.
    void proposes(const RecordId& file, std::string_view name) {
        const auto before = office.value_of(file, "name");
        const auto verdict = office.ann.sets(file, "name", before, text(name), office.clock.now());
        REQUIRE(verdict.kind == merge::VerdictKind::Proposal);
    }
    std::string refuses_proposals() {
        return office.inside([&](Office& desk) -> std::string {
            for (const auto& each :
                 server::list_proposals(desk, office.clerk.user, server::Which::Open)) {
                const auto done =
                    server::refuse_proposal(desk, office.clerk.user, each.number, "未核实");
                if (!done) return std::string(done.error().id());
            }
            return "ok";
        });
    }
    std::string rules(std::string_view take) {
        return office.inside([&](Office& desk) -> std::string {
            const auto open = server::list_cases(desk, office.manager.user, server::Which::Open);
            if (open.size() != 1) return "cases: " + std::to_string(open.size());
            const auto ruled =
                server::rule_case(desk, office.manager.user, open.front().number, take, "核实");
            return ruled ? "ok" : std::string(ruled.error().id());
        });
    }
};

}  // namespace

TEST_SUITE("server/intake/leaving") {
    TEST_CASE("a draft somebody visited is not removed either, be it by its author or a manager") {
        Leaving world;
        const auto spoken = world.draft(world.office.ann);
        const auto plain = world.draft(world.office.ann);
        world.visits(world.office.ann, spoken);
        CHECK(world.takes_back(world.office.ann, spoken).reason == "intake.spoken_of");
        CHECK(world.removes(world.office.manager, spoken) == "intake.spoken_of");
        CHECK_FALSE(world.is_removed(spoken));
        CHECK(world.takes_back(world.office.ann, plain).kind == merge::VerdictKind::Applied);
        CHECK(world.is_removed(plain));
    }
    TEST_CASE("a file about which something is open is not removed before that is decided") {
        Leaving world;
        const auto file = world.office.customer_of(world.office.ann, "杭州明润医药");
        world.visits(world.office.ann, file);
        world.proposes(file, "杭州明润医药有限公司");
        CHECK(world.removes(world.office.manager, file) == "intake.open_matters");
        CHECK_FALSE(world.is_removed(file));
        REQUIRE(world.refuses_proposals() == "ok");
        CHECK(world.removes(world.office.manager, file) == "ok");
        CHECK(world.is_removed(file));
    }
    TEST_CASE("a ruling that a file goes is not held up by its own case, but by every other") {
        Leaving world;
        const auto file = world.office.customer_of(world.office.ann, "杭州明润医药");
        REQUIRE(world.takes_back(world.office.ann, file).kind == merge::VerdictKind::Case);
        world.proposes(file, "杭州明润医药有限公司");
        CHECK(world.rules("1") == "intake.open_matters");
        CHECK_FALSE(world.is_removed(file));
        REQUIRE(world.refuses_proposals() == "ok");
        CHECK(world.rules("1") == "ok");
        CHECK(world.is_removed(file));
    }
    TEST_CASE("a file that was removed waits for nobody, and for the same step once it is back") {
        Leaving world;
        const auto file = world.draft(world.office.ann);
        REQUIRE(world.asks(world.office.ann, file, "submit") == "ok");
        REQUIRE(world.tasks_of(file) == 1);
        REQUIRE(world.removes(world.office.manager, file) == "ok");
        CHECK(world.tasks_of(file) == 0);
        const auto restored = world.office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Set,
                               .record_kind = kCustomer.tag,
                               .record = file,
                               .fields = {{kDeletedAt, Value{}}}};
            return desk
                .change(world.office.manager.user,
                        {.reason = "误删", .source = "ruling", .ops = {op}})
                .has_value();
        });
        REQUIRE(restored);
        CHECK(world.tasks_of(file) == 1);
    }
    TEST_CASE("what an inspector signed on stays, whoever would take it away; a later check goes") {
        Leaving world;
        const auto file = world.draft(world.office.ann);
        REQUIRE(world.asks(world.office.ann, file, "submit") == "ok");
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        const auto checks = [&](const SmallOffice::Person& who) {
            merge::Op op{.kind = merge::OpKind::Create,
                         .record_kind = kFieldCheck.tag,
                         .record = world.office.desk.ids().make<RecordId>(),
                         .fields = values_of(kFieldCheck, {{"customer_id", file},
                                                           {"part", text("phone")},
                                                           {"method", text("phone")}})};
            REQUIRE(world.says(who.user, op) == "ok");
            return op.record;
        };
        const auto goes = [&](const SmallOffice::Person& who, const RecordId& check) {
            return world.says(
                who.user,
                {.kind = merge::OpKind::Remove, .record_kind = kFieldCheck.tag, .record = check});
        };
        const auto mistaken = checks(world.inspector);
        CHECK(goes(world.inspector, mistaken) == "ok");
        const auto check = checks(world.inspector);
        REQUIRE(world.takes(world.inspector, file, "verified", "电话核实") == "ok");
        CHECK(goes(world.inspector, check) == "intake.signed_on");
        CHECK(goes(world.office.manager, check) == "intake.signed_on");
        CHECK(find(world.all(kFieldCheck, check), kDeletedAt) == nullptr);
        world.office.clock.advance(std::chrono::minutes(1));
        CHECK(goes(world.inspector, checks(world.inspector)) == "ok");
    }
    TEST_CASE("a file that was merged into another waits for nobody") {
        Leaving world;
        const auto file = world.draft(world.office.ann);
        REQUIRE(world.asks(world.office.ann, file, "submit") == "ok");
        const auto other = world.office.customer_of(world.office.ben, "上海新安医院");
        REQUIRE(world.tasks_of(file) == 1);
        auto op = Steps::event(kCustomer, file, "merge");
        assign(op.fields, catalog::kMergedInto, other);
        REQUIRE(world.says(UserId{}, op, "同一家") == "ok");
        CHECK(world.tasks_of(file) == 0);
        REQUIRE(world.says(world.office.manager.user, Steps::event(kCustomer, file, "unmerge"),
                           "两家") == "ok");
        CHECK(world.tasks_of(file) == 1);
    }
}
