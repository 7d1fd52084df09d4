// Taking back what was entered by mistake: gone here at once, said to the office, never erased.
#include <doctest/doctest.h>

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

Result<OSeq> remove(World& world, const catalog::Kind& kind, const RecordId& record) {
    return world.laptop.commit(
        {client::removal(kind, record, *world.laptop.store().replica.seen(kind, record))});
}

bool is_listed(World& world, const RecordId& record) {
    const auto all = world.laptop.store().replica.select({.kind = &kVisit});
    return std::find(all.begin(), all.end(), record) != all.end();
}

TEST_SUITE("client/intake/removal") {
    TEST_CASE("an own visit is taken back: neither listed nor found, and the office is told") {
        World world;
        REQUIRE(world.sync());
        const auto id = world.visit("录错了客户");
        CHECK(is_listed(world, id));
        REQUIRE_FALSE(world.laptop.store().search.find("录错了客户", 0, 9).empty());
        REQUIRE(remove(world, kVisit, id));
        CHECK_FALSE(is_listed(world, id));
        CHECK(world.laptop.store().search.find("录错了客户", 0, 9).empty());
        REQUIRE(world.sync());
        REQUIRE(world.office.received.size() == 2);
        CHECK(world.office.received[1].ops.front().kind == merge::OpKind::Remove);
        CHECK(world.office.received[1].ops.front().record == id);
    }

    TEST_CASE("while the office has not decided, a record somebody else keeps is shown again") {
        World world;
        const auto id = World::id(40);
        world.office.put(world.own, kVisit, id,
                         values_of(kVisit, {{"customer_id", world.acme},
                                            {"created_by", world.me.as<RecordTag>()},
                                            {"created_at", kMorning.ms},
                                            {"content", words("谈了天平")}}));
        REQUIRE(world.sync());
        REQUIRE(remove(world, kVisit, id));
        CHECK_FALSE(is_listed(world, id));
        world.office.judge = [](const merge::Op&) {
            return merge::Verdict{.kind = merge::VerdictKind::Case, .matter = 7};
        };
        REQUIRE(world.sync());
        CHECK(is_listed(world, id));
        CHECK_FALSE(world.laptop.store().search.find("谈了天平", 0, 9).empty());
    }

    TEST_CASE("what was posted only takes additions") {
        World world;
        const auto id = World::id(40);
        world.office.put(
            world.own, kVisit, id,
            values_of(kVisit, {{"customer_id", world.acme},
                               {"created_by", world.me.as<RecordTag>()},
                               {"created_at", kMorning.plus(-std::chrono::hours(24 * 8)).ms},
                               {"content", words("上周的拜访")}}));
        REQUIRE(world.sync());
        const auto refused = remove(world, kVisit, id);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().id() == "client.locked");
        CHECK(is_listed(world, id));
    }
}

}  // namespace
}  // namespace dossier::test
