// Policies: whose they are, who approves them, which version holds, and who has read it.
// Source: domain 2.5.6, D-43, R-284, R-289, R-290.
#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/catalog/policy.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"

#include "server/jobs/due_steps.hpp"
#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kAcknowledgement;
using catalog::kApproval;
using catalog::kNotification;
using catalog::kPolicy;
using catalog::kUser;

namespace {

struct Policies : Steps {
    SmallOffice::Person head = hires("head", "general_manager");
    SmallOffice::Person planner = hires("planner", "planning_analyst");
    std::string last;

    RecordId drafts(const SmallOffice::Person& who,
                    std::string_view version,
                    std::string_view from,
                    const RecordId& department) {
        const merge::Op op{.kind = merge::OpKind::Create,
                           .record_kind = kPolicy.tag,
                           .record = office.desk.ids().make<RecordId>(),
                           .fields = values_of(kPolicy, {{"code", text("BM-01")},
                                                         {"title", text("保密制度")},
                                                         {"kind", text("secrecy")},
                                                         {"version", text(version)},
                                                         {"department_id", department},
                                                         {"content", text("客户档案为商业秘密")},
                                                         {"effective_on", text(from)}})};
        last = says(who.user, op);
        return op.record;
    }
    std::string signs(const SmallOffice::Person& who, const RecordId& policy) {
        server::Unit unit(*office.store);
        const auto found =
            office.store->find(kApproval.tag, field(kApproval, "subject_id").tag, policy);
        unit.commit();
        REQUIRE(!found.empty());
        return says(who.user, event(kApproval, found.back(), "approve"));
    }
    std::string at(const RecordId& policy) {
        return text_in(all(kPolicy, policy), field(kPolicy, "state"));
    }
    void day(const char* when) {
        office.clock.set(*instant_from(when));
        office.inside([](Office& desk) { return server::take_due_steps(desk).taken; });
    }
    FieldValues read_by(const SmallOffice::Person& who) {
        server::Unit unit(*office.store);
        const auto found = office.store->find(
            kAcknowledgement.tag, field(kAcknowledgement, "user_id").tag, who.user.as<RecordTag>());
        REQUIRE(found.size() == 1);
        return office.store->load(kAcknowledgement.tag, found.front()).value_or(FieldValues{});
    }
    void reads(const SmallOffice::Person& who, const RecordId& policy) {
        const merge::Op op{
            .kind = merge::OpKind::Create,
            .record_kind = kAcknowledgement.tag,
            .record = office.desk.ids().make<RecordId>(),
            .fields = values_of(kAcknowledgement,
                                {{"user_id", who.user.as<RecordTag>()}, {"policy_id", policy}})};
        last = says(who.user, op);
    }
    std::size_t notices(const SmallOffice::Person& to) {
        server::Unit unit(*office.store);
        return office.store
            ->find(kNotification.tag, field(kNotification, "to_user_id").tag,
                   to.user.as<RecordTag>())
            .size();
    }
};

}  // namespace

TEST_SUITE("server/intake/policies") {
    TEST_CASE("a policy is in effect from its day on once it is approved, until a later one is") {
        Policies world;
        const auto first = world.drafts(world.planner, "1", "2026-03-10", world.office.sales);
        REQUIRE(world.last == "ok");
        world.day("2026-03-10 00:05");
        CHECK(world.at(first) == "drafted");
        CHECK(world.signs(world.planner, first) == "access.denied");
        CHECK(world.signs(world.head, first) == "ok");
        CHECK(world.at(first) == "approved");
        const auto before = world.notices(world.office.ann);
        world.day("2026-03-10 00:10");
        CHECK(world.at(first) == "in_effect");
        CHECK(world.notices(world.office.ann) == before + 1);
        const auto second = world.drafts(world.planner, "2", "2026-04-01", world.office.sales);
        REQUIRE(world.signs(world.head, second) == "ok");
        CHECK(world.at(first) == "in_effect");
        world.day("2026-04-01 00:05");
        CHECK(world.at(first) == "replaced");
        CHECK(world.at(second) == "in_effect");
    }
    TEST_CASE("each department writes its own, no version twice, and a salesperson none") {
        Policies world;
        const auto other =
            world.makes(catalog::kDepartment, {{"code", text("QT")}, {"name", text("其他部")}});
        world.drafts(world.planner, "1", "2026-03-10", other);
        CHECK(world.last == "access.denied");
        world.drafts(world.office.ann, "1", "2026-03-10", world.office.sales);
        CHECK(world.last == "access.denied");
        world.drafts(world.planner, "1", "2026-03-10", world.office.sales);
        CHECK(world.last == "ok");
        world.drafts(world.planner, "1", "2026-03-11", world.office.sales);
        CHECK(world.last == "policy.version");
    }
    TEST_CASE("who reads a policy says so himself, of what is in effect, with its version") {
        Policies world;
        const auto id = world.drafts(world.planner, "3", "2026-03-02", world.office.sales);
        world.reads(world.office.ann, id);
        CHECK(world.last == "policy.not_in_effect");
        REQUIRE(world.signs(world.head, id) == "ok");
        world.day("2026-03-02 10:00");
        world.reads(world.office.ann, id);
        CHECK(world.last == "ok");
        const auto said = world.read_by(world.office.ann);
        CHECK(text_in(said, field(kAcknowledgement, "version")) == "3");
        CHECK(text_in(said, field(kAcknowledgement, "read_on")) == "2026-03-02");
    }
}
