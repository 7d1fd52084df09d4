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

    TEST_CASE("what may be read only after a sync is synced for at once") {
        auto facts = synced_at(kMorning.plus(-minutes(2)));
        facts.hidden = true;
        CHECK(next_sync(facts, kMorning) == kMorning);
        facts.last_tried = kMorning.plus(-seconds(5));
        CHECK(next_sync(facts, kMorning) == kMorning.plus(seconds(10)));
        facts.failures = 1;
        CHECK(next_sync(facts, kMorning) == kMorning.plus(seconds(25)));
    }

    TEST_CASE("after a clock was set back nothing waits for the times noted before") {
        const auto ahead = kMorning.plus(hours(96));
        SyncFacts facts{.enrolled = true, .unsent = 1, .last_saved = ahead, .last_tried = ahead};
        facts.last_finished = kMorning.plus(-hours(1));
        CHECK(next_sync(facts, kMorning) == kMorning);
        facts.failures = 9;
        CHECK(next_sync(facts, kMorning) == kMorning);
        facts.probes = client::Probes::Ready;
        facts.last_probed = ahead;
        CHECK(client::next_probe(facts, kMorning) == kMorning);
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

    TEST_CASE(
        "while something waits for an office that did not answer its port is looked at often") {
        using client::Probes;
        SyncFacts facts{.enrolled = true, .unsent = 1, .last_tried = kMorning};
        CHECK_FALSE(client::next_probe(facts, kMorning));  // it was met last
        facts.probes = Probes::Ready;
        CHECK(client::next_probe(facts, kMorning) == kMorning.plus(seconds(15)));
        facts.last_probed = kMorning.plus(seconds(15));
        CHECK(client::next_probe(facts, kMorning.plus(seconds(15))) == kMorning.plus(seconds(30)));
        facts.unsent = 0;
        CHECK_FALSE(client::next_probe(facts, kMorning));
    }

    TEST_CASE("a port that answers brings about one sync, and no other until it was closed") {
        using client::after_sync;
        using client::Probes;
        CHECK(client::after_probe(Probes::Ready, false) == Probes::Ready);
        CHECK(client::after_probe(Probes::Ready, true) == Probes::Answered);
        SyncFacts facts{.enrolled = true, .unsent = 1, .failures = 2, .probes = Probes::Answered};
        facts = after_sync(facts, facts, false, false, false);
        CHECK(facts.probes == Probes::Spent);
        CHECK(client::after_probe(Probes::Spent, true) == Probes::Spent);
        CHECK(client::after_probe(Probes::Spent, false) == Probes::Ready);
        CHECK(after_sync(facts, facts, true, true, false).probes == Probes::No);
    }

    TEST_CASE("a click that fails lengthens no wait") {
        auto facts = synced_at(kMorning.plus(-hours(1)));
        facts.unsent = 1;
        facts.last_saved = kMorning.plus(-hours(1));
        facts.last_tried = kMorning;
        facts.failures = 2;
        const auto due = next_sync(facts, kMorning);
        auto tried = facts;
        const auto later = kMorning.plus(seconds(40));
        tried.last_tried = later;
        CHECK(next_sync(client::after_sync(tried, facts, false, false, true), later) == due);
        CHECK(*next_sync(client::after_sync(tried, facts, false, false, false), later) > *due);
        CHECK(client::after_sync(tried, facts, true, true, true).failures == 0);
    }

    TEST_CASE("while it waits for approval it asks often") {
        SyncFacts facts{.enrolled = true, .pending = true, .last_tried = kMorning};
        CHECK(*next_sync(facts, kMorning) <= kMorning.plus(seconds(30)));
    }
}

}  // namespace
}  // namespace dossier::test
