// The lease: when it is over nothing here is shown, writing goes on sealed, and no clock revives it
// (I15).
#include <chrono>

#include <doctest/doctest.h>

#include "tests/unit/client/world.hpp"

namespace dossier::test {
namespace {

using client::Lock;
using std::chrono::hours;

constexpr std::chrono::milliseconds kWeek = hours(7 * 24);

/// The office at `office`, the laptop's clock at `clock`: a lease of a week.
void lease(client::Store& store, Instant office, Instant clock) {
    sqlite::Transaction tx(store.connection());
    store.lease.grant(office, office.plus(kWeek), clock);
    tx.commit();
}

Lock look(client::Store& store, Instant clock) {
    sqlite::Transaction tx(store.connection());
    store.lease.note(clock);
    tx.commit();
    return store.lease.lock(clock);
}

TEST_SUITE("client/store/lease") {
    TEST_CASE("reading ends when the lease does, and a clock set back revives nothing") {
        World world;
        auto& store = world.laptop.store();
        CHECK(look(store, kMorning) == Lock::Open);  // the office never spoke
        lease(store, kMorning, kMorning);
        CHECK(look(store, kMorning.plus(kWeek - hours(1))) == Lock::Open);
        CHECK(look(store, kMorning.plus(kWeek)) == Lock::LeaseOver);
        CHECK(look(store, kMorning.plus(kWeek - hours(2))) == Lock::LeaseOver);
        CHECK(look(store, kMorning) == Lock::LeaseOver);
        CHECK(look(store, kMorning.plus(hours(-1000))) == Lock::LeaseOver);
        world.laptop.reopen();
        CHECK(look(world.laptop.store(), kMorning) == Lock::LeaseOver);
        lease(world.laptop.store(), kMorning.plus(kWeek), kMorning.plus(kWeek));
        CHECK(look(world.laptop.store(), kMorning.plus(kWeek)) == Lock::Open);
    }

    TEST_CASE("a clock set back by more than a day shows nothing until it is right again") {
        World world;
        auto& store = world.laptop.store();
        lease(store, kMorning, kMorning);
        CHECK(look(store, kMorning.plus(hours(72))) == Lock::Open);
        CHECK(look(store, kMorning.plus(hours(50))) == Lock::Open);  // set right by a little
        CHECK(look(store, kMorning.plus(hours(10))) == Lock::ClockBack);
        CHECK(look(store, Instant{0}) == Lock::ClockBack);
        CHECK(look(store, kMorning.plus(hours(73))) == Lock::Open);
    }

    TEST_CASE(
        "a laptop whose clock was wrong when it synced reads for its week, set right or not") {
        for (const int years : {-50, 30}) {
            World world;
            auto& store = world.laptop.store();
            const auto wrong = kMorning.plus(hours(years * 365 * 24));
            lease(store, kMorning, wrong);
            CHECK(look(store, wrong.plus(hours(24))) == Lock::Open);
            CHECK(look(store, kMorning.plus(hours(48))) == Lock::Open);
            CHECK(look(store, kMorning.plus(kWeek)) == Lock::LeaseOver);
        }
    }

    TEST_CASE("whatever the clock shows, work is saved: sealed when reading is over") {
        for (const std::int64_t year : {1970, 2000, 2026, 2027, 2100}) {
            World world;
            world.office.recovery = crypto::make_key_pair(world.laptop.random);
            auto identity = *world.laptop.store().meta.identity();
            identity.recovery_key = world.office.recovery->public_key;
            world.laptop.store().meta.set_identity(identity);
            REQUIRE(world.sync());
            lease(world.laptop.store(), kMorning, kMorning);
            world.laptop.clock.set(*instant_from(std::to_string(year) + "-06-01 09:00"));
            // People do not know of visits in their own future; the clock of the visit is theirs.
            const auto id = world.visit("锁定后写的");
            auto& store = world.laptop.store();
            CHECK(store.outbox.unsent_count() == 1);
            CHECK(store.outbox.sealed_count() == 1);
            CHECK(world.shown(kVisit, id, "content") == "(none)");
            world.laptop.clock.set(kMorning);
            REQUIRE(world.sync());
            REQUIRE(world.office.received.size() == 1);
            CHECK(text(world.office.received[0].ops[0].fields, kVisit, "content") == "锁定后写的");
        }
    }

    TEST_CASE("a wipe order: work first, then nothing is left but what the office must hear") {
        World world;
        world.office.recovery = crypto::make_key_pair(world.laptop.random);
        auto identity = *world.laptop.store().meta.identity();
        identity.recovery_key = world.office.recovery->public_key;
        world.laptop.store().meta.set_identity(identity);
        REQUIRE(world.sync());
        world.visit("清除前写的");
        world.office.wipe = true;
        const auto report = world.sync();
        REQUIRE(report);
        CHECK(report->sent == 1);
        CHECK(report->wiped);
        CHECK(report->wiped_rows > 3);
        auto& store = world.laptop.store();
        CHECK(store.lease.lock(kMorning) == Lock::Wiped);
        for (const auto* kind : catalog::kinds()) CHECK(store.replica.count(*kind) == 0);
        CHECK(store.search.find("明润", 0, 9).empty());
        CHECK(store.scopes.list().empty());
        CHECK(world.office.received.size() == 1);
    }

    TEST_CASE("a wipe that was cut shows nothing, and is finished at the next contact") {
        for (int cut = 1; cut < 4; ++cut) {
            World world;
            REQUIRE(world.sync());
            world.visit("清除前写的");
            world.office.wipe = true;
            REQUIRE(world.sync(cut));
            CHECK(world.laptop.store().lease.lock(kMorning) == Lock::Wiping);
            world.laptop.reopen();
            const auto report = world.sync();
            REQUIRE(report);
            CHECK(report->wiped);
            CHECK(world.office.received.size() == 1);
        }
    }
}

}  // namespace
}  // namespace dossier::test
