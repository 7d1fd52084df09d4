// Who may take a step has its task, whenever he came to it; who may not any more has none; and
// where nobody may, somebody who can change that is told. Source: domain 2.5.3 task, WF-01, 3.2.
#include <doctest/doctest.h>

#include "common/catalog/states.hpp"

#include "tests/unit/server/intake/step_world.hpp"

using namespace dossier;
using namespace dossier::test;
using catalog::kRoleAssignment;
using catalog::kTask;
using catalog::kUser;

namespace {

struct Duties : Steps {
    RecordId submitted() {
        const auto file = draft(office.ann);
        REQUIRE(asks(office.ann, file, "submit") == "ok");
        return file;
    }
    RecordId in_inspection() {
        const auto file = submitted();
        REQUIRE(takes(chief, file, "approve") == "ok");
        return file;
    }
    RecordId at_the_clerk() {
        const auto file = in_inspection();
        office.checked_by(inspector, file);
        REQUIRE(takes(inspector, file, "verified", "电话核实") == "ok");
        return file;
    }
    /// Another clerk; `scope` as an assignment has it, empty = as the role has it.
    SmallOffice::Person hires_clerk(const std::string& login,
                                    const RecordId& region,
                                    std::string_view scope = "") {
        const auto id = makes(kUser, {{"login", login},
                                      {"employee_no", "C-" + login},
                                      {"name", login},
                                      {"department_id", office.sales},
                                      {"region_id", region},
                                      {"rank", text("staff")},
                                      {"clearance", std::int64_t{2}}});
        GivenFields post{{"user_id", id}, {"role", text("info_clerk")}};
        if (!scope.empty()) post.emplace_back("scope", text(scope));
        makes(kRoleAssignment, post);
        return {&office, id.as<UserTag>(), office.desk.ids().make<DeviceId>()};
    }
    std::size_t mends() {
        return office.inside(
            [&](Office& desk) { return desk.intake().mend_tasks(office.clock.now()); });
    }
    /// "login: text (day)" of every open task about the record, by login.
    std::string asked(const RecordId& record) {
        std::vector<std::string> lines;
        server::Unit unit(*office.store);
        for (const auto& id :
             office.store->find(kTask.tag, field(kTask, "subject_id").tag, record)) {
            const auto task = office.store->load(kTask.tag, id).value_or(FieldValues{});
            if (text_in(task, field(kTask, "state")) != catalog::TaskState::kOpen) continue;
            const auto who =
                office.store->load(kUser.tag, record_in(task, field(kTask, "assignee_id")));
            lines.push_back(text_in(*who, field(kUser, "login")) + ": " +
                            text_in(task, field(kTask, "text")) + " (" +
                            text_in(task, field(kTask, "due_on")) + ")");
        }
        std::ranges::sort(lines);
        std::string all;
        for (const auto& line : lines) all += (all.empty() ? "" : "; ") + line;
        return all;
    }
    void forgets_tasks_of(const RecordId& record) {
        office.inside([&](Office& desk) {
            for (const auto& id :
                 desk.store().find(kTask.tag, field(kTask, "subject_id").tag, record))
                desk.store().erase({kTask.tag, id, {}});
            return true;
        });
    }
    void inspector_leaves() {
        sets(kUser, inspector.user.as<RecordTag>(), "active_to", text("2026-03-02"));
    }
};

}  // namespace

TEST_SUITE("server/intake/duties") {
    TEST_CASE("a file that waits since before there were such tasks becomes one, once") {
        Duties world;
        const auto file = world.at_the_clerk();
        world.forgets_tasks_of(file);
        world.office.clock.advance(std::chrono::hours(24));
        CHECK(world.mends() == 1);
        // The days count from when it came to the clerk.
        CHECK(world.asked(file) == "clerk: 入库/post (2026-03-04)");
        CHECK(world.mends() == 0);
        CHECK(world.asked(file) == "clerk: 入库/post (2026-03-04)");
        CHECK(world.takes(world.office.clerk, file, "post") == "ok");
        CHECK(world.asked(file).empty());
        CHECK(world.mends() == 0);
    }
    TEST_CASE(
        "a clerk appointed later has the task of what waits, one of another region does not") {
        Duties world;
        const auto file = world.at_the_clerk();
        world.hires_clerk("later", world.office.east);
        world.hires_clerk("nearby", world.office.east, "region");
        world.hires_clerk("far", world.office.north, "region");
        CHECK(world.mends() == 2);
        CHECK(world.asked(file) ==
              "clerk: 入库/post (2026-03-04); later: 入库/post (2026-03-04); nearby: 入库/post "
              "(2026-03-04)");
        // The file moves, and its task with it.
        world.sets(kCustomer, file, "region_id", world.office.north);
        CHECK(world.asked(file) ==
              "clerk: 入库/post (2026-03-04); far: 入库/post (2026-03-04); later: 入库/post "
              "(2026-03-04)");
        CHECK(world.mends() == 0);
    }
    TEST_CASE("a draft has no task, whatever is mended") {
        Duties world;
        const auto file = world.draft(world.office.ann);
        CHECK(world.mends() == 0);
        CHECK(world.asked(file).empty());
    }
    TEST_CASE("a file marked so high that no inspector may read it waits for who can change that") {
        Duties world;
        const auto file = world.in_inspection();
        CHECK(world.asked(file) == "inspector: 核实属实/verified (2026-03-07)");
        world.office.marks(file, 3);
        CHECK(
            world.asked(file) ==
            "admin: 无人可以办理“核实属实”，请指定办理人或授权/nobody may take the step verified, "
            "name somebody or give access (2026-03-07)");
        world.office.marks(file, 1);
        CHECK(world.asked(file) == "inspector: 核实属实/verified (2026-03-07)");
    }
    TEST_CASE("a step whose people are all gone is told to the superior, who may know the file") {
        Duties world;
        const auto file = world.in_inspection();
        world.inspector_leaves();
        CHECK(world.mends() == 1);
        CHECK(world.asked(file).starts_with("chief: 无人可以办理“核实属实”"));
        CHECK(world.mends() == 0);
        world.hires("second", "market_inspector");
        CHECK(world.mends() == 1);
        CHECK(world.asked(file) == "second: 核实属实/verified (2026-03-07)");
    }
}
