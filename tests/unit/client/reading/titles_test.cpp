// How records are called and found, without a command line.
#include "client/reading/titles.hpp"

#include <array>

#include <doctest/doctest.h>

#include "client/reading/find.hpp"
#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using client::Asker;
using client::find_record;
using client::title_of;

TEST_SUITE("client/reading") {
    TEST_CASE("a record of any kind is called by its title, one that does not lie here by its id") {
        World world;
        REQUIRE(world.sync());
        auto& store = world.laptop.store();
        CHECK(title_of(store, {}, world.me.as<RecordTag>()) == "李建国");
        CHECK(title_of(store, {}, world.region) == "华东");
        CHECK(title_of(store, {}, world.acme) == "杭州明润医药有限公司");
        CHECK(title_of(store, {}, world.visit("谈了天平")) == "新品介绍");
        const auto nobody = World::id(99);
        CHECK(title_of(store, {}, nobody) == to_text(nobody));
    }

    TEST_CASE("while nothing may be shown a record is called by its id alone") {
        World world;
        REQUIRE(world.sync());
        auto& store = world.laptop.store();
        const Asker locked{.lock = client::Lock::LeaseOver};
        CHECK(title_of(store, locked, world.acme) == to_text(world.acme));
        CHECK(find_record(store, locked, kCustomer, to_text(world.acme)) == world.acme);
        const auto found = find_record(store, locked, kCustomer, "杭州明润医药有限公司");
        REQUIRE_FALSE(found);
        CHECK(found.error().id() == "client.number_only");
        CHECK_FALSE(find_record(store, locked, catalog::kRegion, "华东"));
    }

    TEST_CASE("any record is found by its id, the end of it, or what its kind is known by") {
        World world;
        REQUIRE(world.sync());
        auto& store = world.laptop.store();
        const auto visit = world.visit("谈了天平");
        const auto text = to_text(visit);
        CHECK(find_record(store, {}, kVisit, text) == visit);
        CHECK(find_record(store, {}, kVisit, text.substr(text.size() - 8)) == visit);
        CHECK(find_record(store, {}, catalog::kRegion, "华东") == world.region);
        CHECK(find_record(store, {}, kCustomer, "明润") == world.acme);
        for (const auto* typed : {"", "2", "没有这个"}) {
            const auto found = find_record(store, {}, kVisit, typed);
            REQUIRE_FALSE(found);
            CHECK(found.error().id() == "client.unknown_record");
        }
        // A record of another kind is none of this one.
        CHECK_FALSE(find_record(store, {}, kContact, text));
    }

    TEST_CASE("an end that several records share names none of them") {
        World world;
        for (const auto number : std::array<std::uint8_t, 2>{50, 51}) {
            auto id = World::id(7);
            id.bytes[1] = number;
            world.office.put(world.own, kVisit, id,
                             values_of(kVisit, {{"customer_id", world.acme},
                                                {"purpose", words("回访")},
                                                {"content", words("谈了天平")}}));
        }
        REQUIRE(world.sync());
        const auto found = find_record(world.laptop.store(), {}, kVisit, "00000007");
        REQUIRE_FALSE(found);
        CHECK(found.error().id() == "client.ambiguous");
    }
}

}  // namespace
}  // namespace dossier::test
