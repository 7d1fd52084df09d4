// When a laptop syncs by itself.
#include "client/app/sync_plan.hpp"

#include <doctest/doctest.h>

namespace dossier::test {
namespace {

using client::next_sync;
using client::SyncFacts;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// 2026-03-25 10:00 in office time.
constexpr Instant kMorning{1'774'404'000'000};
/// 21:00 of the evening before.
constexpr Instant kLastNight{kMorning.ms - 13LL * 60 * 60 * 1000};

SyncFacts synced_at(Instant when) {
    return {.enrolled = true, .last_finished = when};
}

TEST_SUITE("client/app/sync_plan") {
    TEST_CASE("the last night is that of the office's day") {
        CHECK(client::last_night(kMorning, 21 * 60) == kLastNight);
        CHECK(client::last_night(kLastNight, 21 * 60) == kLastNight);
        CHECK(client::last_night(kLastNight.plus(-seconds(1)), 21 * 60) ==
              kLastNight.plus(-hours(24)));
    }

    TEST_CASE("a laptop without an office has nobody to call") {
        CHECK_FALSE(next_sync({.unsent = 3}, kMorning));
    }

    TEST_CASE("with nothing to send the next sync is that of the night, spread among laptops") {
        auto facts = synced_at(kMorning.plus(-hours(1)));
        CHECK(next_sync(facts, kMorning) == kLastNight.plus(hours(24)));
        facts.spread_s = 90;
        CHECK(next_sync(facts, kMorning) == kLastNight.plus(hours(24) + seconds(90)));
    }

    TEST_CASE("a night that was missed is made up for at once") {
        CHECK(next_sync(synced_at(kLastNight.plus(-hours(1))), kMorning) == kMorning);
        CHECK(next_sync(synced_at({}), kMorning) == kMorning);
    }

    TEST_CASE("unsent work goes when nothing was saved for a while") {
        auto facts = synced_at(kMorning.plus(-hours(1)));
        facts.unsent = 2;
        facts.last_saved = kMorning.plus(-seconds(5));
        CHECK(next_sync(facts, kMorning) == kMorning.plus(seconds(15)));
        facts.last_saved = kMorning.plus(-minutes(5));
        CHECK(next_sync(facts, kMorning) == kMorning);
    }

    TEST_CASE("what a finished sync left over is not tried again and again") {
        auto facts = synced_at(kMorning);
        facts.unsent = 1;
        facts.last_saved = kMorning.plus(-minutes(3));
        facts.last_tried = kMorning.plus(-minutes(1));
        CHECK(next_sync(facts, kMorning) == kMorning.plus(minutes(4)));
    }

    TEST_CASE("a clock that is days ahead of the office's does not sync without end") {
        auto facts = synced_at(kMorning.plus(-hours(72)));
        facts.last_tried = kMorning.plus(-seconds(1));
        CHECK(*next_sync(facts, kMorning) > kMorning.plus(hours(1)));
    }

    TEST_CASE("what fails is tried later and later, at most half an hour") {
        auto facts = synced_at(kMorning.plus(-hours(1)));
        facts.unsent = 1;
        facts.last_saved = kMorning.plus(-hours(1));
        facts.last_tried = kMorning;
        Instant before;
        for (int failures = 1; failures < 12; ++failures) {
            facts.failures = failures;
            const auto next = next_sync(facts, kMorning);
            REQUIRE(next);
            CHECK(*next >= before);
            CHECK(*next <= kMorning.plus(minutes(30)));
            before = *next;
        }
        CHECK(before == kMorning.plus(minutes(30)));
    }

    TEST_CASE("while it waits for approval it asks often") {
        SyncFacts facts{.enrolled = true, .pending = true, .last_tried = kMorning};
        CHECK(*next_sync(facts, kMorning) <= kMorning.plus(seconds(30)));
    }
}

}  // namespace
}  // namespace dossier::test
