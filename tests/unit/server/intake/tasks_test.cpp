// Deadlines become tasks, tasks become notifications, signatures become an approval.
#include <doctest/doctest.h>

#include "common/catalog/states.hpp"

#include "server/intake/approvals.hpp"
#include "server/jobs/deadlines.hpp"
#include "tests/support/small_office.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kApproval;
using catalog::kNotification;
using catalog::kTask;
using merge::VerdictKind;

namespace {

struct Tasks {
    SmallOffice office;
    SmallOffice::Person inspector = hires("inspector", "market_inspector");
    SmallOffice::Person second = hires("second", "market_inspector");
    SmallOffice::Person market = hires("market", "market_manager");
    SmallOffice::Person director = hires("director", "marketing_director");

    Tasks() {
        for (const auto* person : {&office.ann, &inspector})
            sets(catalog::kUser, person->user, "superior_user_id",
                 office.manager.user.as<RecordTag>());
    }
    RecordId makes(const catalog::Kind& kind, const GivenFields& given) {
        const auto id = office.desk.ids().make<RecordId>();
        office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Create,
                               .record_kind = kind.tag,
                               .record = id,
                               .fields = values_of(kind, given)};
            DOSSIER_CHECK(desk.change({}, {.source = "job", .ops = {op}}).has_value());
            return true;
        });
        return id;
    }
    SmallOffice::Person hires(const std::string& login, std::string_view role) {
        const auto id = makes(catalog::kUser, {{"login", login},
                                               {"employee_no", "B-" + login},
                                               {"name", login},
                                               {"department_id", office.sales},
                                               {"region_id", office.east},
                                               {"rank", text("staff")},
                                               {"clearance", std::int64_t{1}}});
        makes(catalog::kRoleAssignment, {{"user_id", id}, {"role", text(role)}});
        return {&office, id.as<UserTag>(), office.desk.ids().make<DeviceId>()};
    }
    void sets(const catalog::Kind& kind, const UserId& user, std::string_view name, Value value) {
        office.inside([&](Office& desk) {
            const merge::Op op{.kind = merge::OpKind::Set,
                               .record_kind = kind.tag,
                               .record = user.as<RecordTag>(),
                               .fields = {{catalog::find_field(kind, name)->tag, value}}};
            DOSSIER_CHECK(desk.change({}, {.source = "job", .ops = {op}}).has_value());
            return true;
        });
    }
    RecordId draft() {
        const merge::Op op{
            .kind = merge::OpKind::Create,
            .record_kind = kCustomer.tag,
            .record = office.desk.ids().make<RecordId>(),
            .fields = values_of(kCustomer, {{"name", text("张三")},
                                            {"party_kind", text("person")},
                                            {"phone_main", text("0571-1000")},
                                            {"business_need", text("天平")},
                                            {"source", text("visit")},
                                            {"first_contact_at", office.clock.now().ms},
                                            {"street_address", text("文三路 1 号")}})};
        REQUIRE(office.ann.pushes({op}, office.clock.now()).front().kind == VerdictKind::Applied);
        return op.record;
    }
    std::string takes(const SmallOffice::Person& actor,
                      const catalog::Kind& kind,
                      const RecordId& record,
                      std::string_view event,
                      std::string_view reason = "") {
        return office.inside([&](Office& desk) -> std::string {
            const merge::Op op{.kind = merge::OpKind::Event,
                               .record_kind = kind.tag,
                               .record = record,
                               .event = std::string(event)};
            const auto done = desk.change(
                actor.user, {.reason = std::string(reason), .source = "cli", .ops = {op}});
            return done ? "ok" : std::string(done.error().id());
        });
    }
    FieldValues load(const catalog::Kind& kind, const RecordId& id) {
        server::Unit unit(*office.store);
        return office.store->load(kind.tag, id).value_or(FieldValues{});
    }
    std::vector<RecordId> all(const catalog::Kind& kind) {
        server::Unit unit(*office.store);
        return office.store->list(kind.tag, {}, 100);
    }
    /// "step>login due" of the open tasks, in the order they were made.
    std::string open_tasks() {
        std::string told;
        for (const auto& id : all(kTask)) {
            const auto task = load(kTask, id);
            if (text_in(task, field(kTask, "state")) != catalog::TaskState::kOpen) continue;
            const auto who = record_in(task, field(kTask, "assignee_id"));
            told += (told.empty() ? "" : " ") + text_in(task, field(kTask, "step")) + ">" +
                    text_in(load(catalog::kUser, who), field(catalog::kUser, "login")) + " " +
                    text_in(task, field(kTask, "due_on"));
        }
        return told;
    }
    /// "kind>login" of every notification, in the order they were made.
    std::string notes() {
        std::string told;
        for (const auto& id : all(kNotification)) {
            const auto note = load(kNotification, id);
            const auto who = record_in(note, field(kNotification, "to_user_id"));
            told += (told.empty() ? "" : " ") + text_in(note, field(kNotification, "kind")) + ">" +
                    text_in(load(catalog::kUser, who), field(catalog::kUser, "login"));
        }
        return told;
    }
    std::size_t reminds() {
        return office.inside([](Office& desk) { return server::remind_of_deadlines(desk); });
    }
    void days_pass(int days) {
        office.clock.set(office.clock.now().plus(std::chrono::hours(24) * days));
    }
};

}  // namespace

TEST_SUITE("server/intake/tasks") {
    TEST_CASE("a step with a deadline is a task of who must act, until it is taken") {
        Tasks tasks;
        const auto file = tasks.draft();
        CHECK(tasks.open_tasks().empty());
        REQUIRE(tasks.takes(tasks.office.ann, kCustomer, file, "submit") == "ok");
        CHECK(tasks.open_tasks() == "approve>manager 2026-03-04");
        REQUIRE(tasks.takes(tasks.office.manager, kCustomer, file, "approve") == "ok");
        CHECK(tasks.open_tasks() == "verified>inspector 2026-03-07 verified>second 2026-03-07");
        // One of those who may has done it: it is nobody's any more.
        tasks.office.checked_by(tasks.second, file);
        REQUIRE(tasks.takes(tasks.second, kCustomer, file, "verified", "电话核实") == "ok");
        CHECK(tasks.open_tasks() == "post>clerk 2026-03-04");
        REQUIRE(tasks.takes(tasks.office.clerk, kCustomer, file, "post") == "ok");
        CHECK(tasks.open_tasks().empty());
        for (const auto& id : tasks.all(kTask)) {
            const auto task = tasks.load(kTask, id);
            CHECK(text_in(task, field(kTask, "state")) == catalog::TaskState::kDone);
            CHECK_FALSE(record_in(task, field(kTask, "closed_by")).is_none());
        }
    }
    TEST_CASE("a task of a step ends with the step and not by a tick") {
        Tasks tasks;
        const auto file = tasks.draft();
        REQUIRE(tasks.takes(tasks.office.ann, kCustomer, file, "submit") == "ok");
        const auto task = tasks.all(kTask).front();
        CHECK(tasks.takes(tasks.office.manager, kTask, task, "finish") == "intake.step_waits");
        CHECK(tasks.takes(tasks.office.ann, kTask, task, "finish") == "intake.unknown_record");
        CHECK(tasks.takes(tasks.office.manager, kTask, task, "close") == "access.denied");
        const auto own =
            tasks.makes(kTask, {{"kind", text("follow_up")},
                                {"text", text("回访")},
                                {"assignee_id", tasks.office.ann.user.as<RecordTag>()}});
        CHECK(tasks.takes(tasks.office.manager, kTask, own, "finish") == "access.denied");
        CHECK(tasks.takes(tasks.office.ann, kTask, own, "finish") == "ok");
        CHECK(tasks.takes(tasks.office.ann, kTask, own, "finish") == "intake.settled");
    }
    TEST_CASE("a task lies in the own scope of its person, as a work log does") {
        Tasks tasks;
        const auto file = tasks.draft();
        REQUIRE(tasks.takes(tasks.office.ann, kCustomer, file, "submit") == "ok");
        const auto task = tasks.all(kTask).front();
        server::Unit unit(*tasks.office.store);
        const auto scopes = tasks.office.store->memberships(task, catalog::Facet::Main);
        REQUIRE(scopes.size() == 1);
        CHECK(scopes.front() ==
              access::Scope{access::ScopeSort::Self, tasks.office.manager.user.as<RecordTag>()});
    }
    TEST_CASE("who must act is reminded once, and his superior is told once when it is over") {
        Tasks tasks;
        const auto file = tasks.draft();
        REQUIRE(tasks.takes(tasks.office.ann, kCustomer, file, "submit") == "ok");
        REQUIRE(tasks.takes(tasks.office.manager, kCustomer, file, "approve") == "ok");
        CHECK(tasks.reminds() == 0);  // five days are left
        tasks.days_pass(3);
        CHECK(tasks.reminds() == 2);
        CHECK(tasks.reminds() == 0);
        CHECK(tasks.notes() == "due_soon>inspector due_soon>second");
        tasks.days_pass(2);
        CHECK(tasks.reminds() == 0);  // until 24:00 of the last day it is in time
        tasks.days_pass(1);
        CHECK(tasks.reminds() == 1);  // the second has no superior
        CHECK(tasks.reminds() == 0);
        CHECK(tasks.notes() == "due_soon>inspector due_soon>second overdue>manager");
        tasks.office.checked_by(tasks.inspector, file);
        REQUIRE(tasks.takes(tasks.inspector, kCustomer, file, "verified", "电话核实") == "ok");
        REQUIRE(tasks.takes(tasks.office.clerk, kCustomer, file, "post") == "ok");
        tasks.days_pass(30);
        CHECK(tasks.reminds() == 0);
    }
    TEST_CASE("a draft that is not submitted is reminded of on the fifth day") {
        Tasks tasks;
        const auto file = tasks.draft();
        tasks.days_pass(4);
        CHECK(tasks.reminds() == 0);
        tasks.days_pass(1);
        CHECK(tasks.reminds() == 1);
        CHECK(tasks.notes() == "due_soon>ann");
        tasks.days_pass(3);
        CHECK(tasks.reminds() == 1);
        CHECK(tasks.notes() == "due_soon>ann overdue>manager");
        CHECK(tasks.takes(tasks.office.ann, kCustomer, file, "submit") == "ok");
    }
    TEST_CASE("a notification is read by whom it was sent to") {
        Tasks tasks;
        tasks.draft();
        tasks.days_pass(5);
        REQUIRE(tasks.reminds() == 1);
        const auto note = tasks.all(kNotification).front();
        CHECK(tasks.takes(tasks.office.ben, kNotification, note, "read") ==
              "intake.unknown_record");
        CHECK(tasks.takes(tasks.office.ann, kNotification, note, "read") == "ok");
        CHECK(tasks.takes(tasks.office.ann, kNotification, note, "read") == "intake.settled");
    }
    TEST_CASE("an approval is signed by each role in turn, by other people, and not by who asked") {
        Tasks tasks;
        const auto file = tasks.office.customer_of(tasks.office.ann, "杭州明润医药");
        const auto asked = [&](const UserId& by) {
            return tasks.office.inside([&](Office& desk) {
                constexpr std::array kRoles{access::Role::MarketManager,
                                            access::Role::MarketingDirector};
                const server::Bearer bearer{.user = by, .at = desk.now(), .now = desk.now()};
                const merge::Changeset changeset;
                const server::Desk at{desk.store(), desk.people(), desk.ids(), bearer, changeset};
                const server::Target subject{
                    .place = {kCustomer.tag, file, file},
                    .kind = &kCustomer,
                    .values = desk.store().load(kCustomer.tag, file).value_or(FieldValues{})};
                return *server::request_approval(
                    at, {.approval = "grade_override", .roles = kRoles}, subject, "连续三年增长");
            });
        };
        const auto state = [&](const RecordId& id) {
            return text_in(tasks.load(kApproval, id), field(kApproval, "state"));
        };
        const auto one = asked(tasks.office.ann.user);
        CHECK(tasks.open_tasks() == "approve>market 2026-03-04");
        CHECK(tasks.takes(tasks.director, kApproval, one, "approve") == "intake.unknown_record");
        CHECK(tasks.takes(tasks.office.ann, kApproval, one, "approve") == "access.denied");
        CHECK(tasks.takes(tasks.market, kApproval, one, "approve") == "ok");
        CHECK(state(one) == "open");
        CHECK(tasks.open_tasks() == "approve>director 2026-03-04");
        CHECK(tasks.takes(tasks.market, kApproval, one, "approve") == "access.denied");
        CHECK(tasks.takes(tasks.director, kApproval, one, "approve") == "ok");
        CHECK(state(one) == "approved");
        CHECK(tasks.open_tasks().empty());
        CHECK(tasks.takes(tasks.director, kApproval, one, "reject", "再议") == "intake.settled");
        // What the market manager asks for the director signs in his place.
        const auto two = asked(tasks.market.user);
        CHECK(tasks.takes(tasks.market, kApproval, two, "approve") == "access.denied");
        CHECK(tasks.takes(tasks.director, kApproval, two, "approve") == "intake.nobody_signs");
        // Both posts in one hand are still one person.
        tasks.makes(catalog::kRoleAssignment, {{"user_id", tasks.director.user.as<RecordTag>()},
                                               {"role", text("market_manager")}});
        const auto three = asked(tasks.office.ann.user);
        CHECK(tasks.takes(tasks.director, kApproval, three, "approve") == "intake.nobody_signs");
        CHECK(tasks.takes(tasks.market, kApproval, three, "approve") == "ok");
        CHECK(tasks.takes(tasks.office.ann, kApproval, three, "withdraw") == "ok");
        CHECK(state(three) == "withdrawn");
    }
}
