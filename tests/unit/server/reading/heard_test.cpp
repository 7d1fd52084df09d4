// What a notification says of a file is judged each time somebody reads it: files move, and are
// marked higher, after it was written. Source: domain 2.5.3 notification, 3.2.
#include <doctest/doctest.h>

#include "common/catalog/task.hpp"

#include "server/reading/find.hpp"
#include "server/reading/history.hpp"
#include "server/reading/list.hpp"
#include "server/reading/standing.hpp"
#include "tests/unit/server/intake/step_world.hpp"

namespace dossier::test {
namespace {

using catalog::kNotification;

struct Heard : Steps {
    /// Posted with words of the clerk's, of which its author is told.
    RecordId file = posted();

    RecordId posted() {
        const auto id = draft(office.ann);
        REQUIRE(asks(office.ann, id, "submit") == "ok");
        REQUIRE(takes(chief, id, "approve") == "ok");
        office.checked_by(inspector, id);
        REQUIRE(takes(inspector, id, "verified", "电话核实") == "ok");
        REQUIRE(takes(office.clerk, id, "post", "并购标的") == "ok");
        return id;
    }
    /// Into another region, with another owner.
    void moves_away() {
        sets(kCustomer, file, "owner_user_id", office.ben.user.as<RecordTag>());
        sets(kCustomer, file, "region_id", office.north);
    }
    static server::Asker asker(const SmallOffice::Person& who) { return {who.user, {}, Lang::Zh}; }
    RecordId note() {
        const auto notes = office.inside([&](Office& desk) {
            return desk.store().find(kNotification.tag, field(kNotification, "subject_id").tag,
                                     file);
        });
        REQUIRE(notes.size() == 1);
        return notes.front();
    }
    static std::string text_of(const FieldValues& values) {
        return text_in(values, field(kNotification, "text"));
    }
    /// The one text that all ways of reading it give.
    std::string reads(const SmallOffice::Person& who) {
        const auto id = note();
        return office.inside([&](Office& desk) -> std::string {
            const auto shown =
                server::read_record(desk, asker(who), {kNotification.tag, id, {}}, "view");
            if (!shown) return std::string(shown.error().id());
            const auto words = text_of(shown->values);
            const auto listed = server::list_records(desk, asker(who),
                                                     {.kind = &kNotification, .limit = 10}, [] {});
            CHECK(text_of(listed->records.front().values) == words);
            CHECK(server::title_of(desk, asker(who), id) == words);
            const auto lines =
                server::history_of(desk, asker(who), {kNotification.tag, id, {}}, nullptr);
            CHECK(text_of(lines->front().value) == words);
            return words;
        });
    }
    std::size_t finds(const SmallOffice::Person& who, std::string_view words) {
        return office.inside([&](Office& desk) {
            const query::Query query{
                .kind = &kNotification,
                .where = {{&field(kNotification, "text"), query::Test::Contains, {text(words)}}},
                .limit = 10};
            return server::list_records(desk, asker(who), query, [] {})->records.size();
        });
    }
    std::string calls(const SmallOffice::Person& who) {
        return office.inside(
            [&](Office& desk) { return server::title_of(desk, asker(who), file); });
    }
};

}  // namespace

TEST_SUITE("server/reading/heard") {
    TEST_CASE("why a step was taken is told as long as the file may be read, in every shell") {
        Heard world;
        CHECK(world.reads(world.office.ann) == "入库/post: 并购标的");
        CHECK(world.finds(world.office.ann, "并购") == 1);
        world.moves_away();
        CHECK(world.reads(world.office.ann) == "入库/post");
        CHECK(world.finds(world.office.ann, "并购") == 0);
        world.office.marks(world.file, 3);
        CHECK(world.reads(world.office.ann) == "已无权查阅/no longer yours to read");
        CHECK(world.finds(world.office.ann, "入库") == 0);
    }
    TEST_CASE("a file that somebody may not know of is called by no number") {
        Heard world;
        world.moves_away();
        CHECK(world.calls(world.office.ann) == "张三");
        world.office.marks(world.file, 3);
        CHECK(world.calls(world.office.ann) == "（无权知悉的客户）");
    }
    TEST_CASE("a step that nobody may take says so where the file is shown") {
        Steps world;
        const auto file = world.draft(world.office.ann);
        REQUIRE(world.asks(world.office.ann, file, "submit") == "ok");
        REQUIRE(world.takes(world.chief, file, "approve") == "ok");
        const auto waits = [&] {
            return world.office.inside([&](Office& desk) {
                desk.intake().mend_tasks(world.office.clock.now());
                const auto values = desk.store().load(kCustomer.tag, file).value_or(FieldValues{});
                return server::standing_of(desk, {world.chief.user, {}, Lang::Zh},
                                           {kCustomer.tag, file, file}, values,
                                           [](std::string_view) { return true; })
                    .document.dump();
            });
        };
        CHECK(waits().find("无人可以办理") == std::string::npos);
        world.sets(catalog::kUser, world.inspector.user.as<RecordTag>(), "active_to",
                   text("2026-03-02"));
        CHECK(waits().find("核实属实（无人可以办理，须指定办理人或授权）") != std::string::npos);
    }
}

}  // namespace dossier::test
