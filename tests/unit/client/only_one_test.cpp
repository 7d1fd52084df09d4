// A record of which there is only one has one name on every laptop, whatever its shell called it.
#include <doctest/doctest.h>

#include "common/merge/derived_id.hpp"
#include "common/merge/refusals.hpp"

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

constexpr auto& kLog = catalog::kWorkLog;
constexpr auto& kLine = catalog::kWorkLogLine;

using client::new_record;

FieldValues day(const World& world) {
    return values_of(kLog,
                     {{"user_id", world.me.as<RecordTag>()}, {"log_date", words("2026-03-02")}});
}

TEST_SUITE("client/intake/only one") {
    TEST_CASE("a log is named by its day, and what was made with it hangs on that name") {
        World world;
        REQUIRE(world.sync());
        const auto called = world.laptop.ids.make<RecordId>();
        const auto line = world.laptop.ids.make<RecordId>();
        REQUIRE(world.laptop.commit({new_record(kLog, called, day(world)),
                                     new_record(kLine, line,
                                                values_of(kLine, {{"work_log_id", called},
                                                                  {"kind", words("visit")},
                                                                  {"text", words("拜访")}}))}));
        const auto name = merge::derived_id(kLog, day(world));
        CHECK(world.laptop.store().replica.load(kLog, name).has_value());
        CHECK_FALSE(world.laptop.store().replica.load(kLog, called).has_value());
        const auto kept = world.laptop.store().replica.load(kLine, line);
        REQUIRE(kept);
        CHECK(record_in(*kept, kLine, "work_log_id") == name);
    }
    TEST_CASE("who says nothing of the person makes his own log") {
        World world;
        REQUIRE(world.sync());
        REQUIRE(world.laptop.commit(
            {new_record(kLog, world.laptop.ids.make<RecordId>(),
                        values_of(kLog, {{"log_date", words("2026-03-02")}}))}));
        CHECK(world.laptop.store()
                  .replica.load(kLog, merge::derived_id(kLog, day(world)))
                  .has_value());
    }
    TEST_CASE("a second log of a day is refused, and told which one there is") {
        World world;
        REQUIRE(world.sync());
        const auto makes = [&] {
            return world.laptop.commit(
                {new_record(kLog, world.laptop.ids.make<RecordId>(), day(world))});
        };
        REQUIRE(makes());
        const auto again = makes();
        REQUIRE_FALSE(again);
        CHECK(again.error().is(merge::kOneOnly));
        CHECK(again.error().args.back() == to_text(merge::derived_id(kLog, day(world))));
        CHECK(world.laptop.store().replica.count(kLog) == 1);
    }
    TEST_CASE("a log an older program named by chance is the one of its day") {
        World world;
        world.office.put(world.self, kLog, World::id(70), day(world));
        REQUIRE(world.sync());
        const auto again =
            world.laptop.commit({new_record(kLog, world.laptop.ids.make<RecordId>(), day(world))});
        REQUIRE_FALSE(again);
        CHECK(again.error().args.back() == to_text(World::id(70)));
    }
    TEST_CASE("after a removal the next log of the day has a name of its own") {
        World world;
        REQUIRE(world.sync());
        const auto made = [&] {
            return world.laptop.commit(
                {new_record(kLog, world.laptop.ids.make<RecordId>(), day(world))});
        };
        REQUIRE(made());
        const auto first = merge::derived_id(kLog, day(world));
        const auto seen = world.laptop.store().replica.seen(kLog, first);
        REQUIRE(world.laptop.commit({client::removal(kLog, first, *seen)}));
        REQUIRE(made());
        const auto next = merge::derived_id(kLog, day(world), first);
        CHECK(world.laptop.store().replica.load(kLog, next).has_value());
    }
    TEST_CASE("names differ by kind, by each identifying value and by what came before") {
        const auto ann = World::id(1);
        const auto ben = World::id(2);
        const auto log = [](const RecordId& user, std::string_view date) {
            return merge::derived_id(
                kLog, values_of(kLog, {{"user_id", user}, {"log_date", words(date)}}));
        };
        CHECK(log(ann, "2026-03-02") == log(ann, "2026-03-02"));
        CHECK(log(ann, "2026-03-02") != log(ben, "2026-03-02"));
        CHECK(log(ann, "2026-03-02") != log(ann, "2026-03-03"));
        CHECK(merge::is_derived(log(ann, "2026-03-02")));
        World world;
        CHECK_FALSE(merge::is_derived(world.laptop.ids.make<RecordId>()));
        const FieldValues of_customer{{tag(catalog::kCustomerFeature, "customer_id"), ann}};
        CHECK(merge::derived_id(catalog::kCustomerFeature, of_customer) !=
              merge::derived_id(catalog::kProcurementProfile, of_customer));
        // The name is on disks and wires: it never changes.
        CHECK(to_text(log(ann, "2026-03-02")) == "32de6a65-f726-85cf-9419-73fbe5235af3");
    }
}

}  // namespace
}  // namespace dossier::test
