#include "common/merge/stamp.hpp"

#include <limits>

#include "tests/support/law.hpp"
#include "tests/unit/common/merge/office.hpp"

using namespace dossier;
using namespace dossier::merge;
using dossier::merge::test::stamp;
using dossier::test::Draw;
using dossier::test::holds;

namespace {

constexpr std::int64_t kYear2100 = 4'102'444'800'000;
constexpr std::int64_t kNow = 1'775'000'000'000;
constexpr std::int64_t kDay = 86'400'000;

std::int64_t any_time(Draw& draw) {
    switch (draw.between(0, 4)) {
        case 0:
            return static_cast<std::int64_t>(draw.bits());
        case 1:
            return std::numeric_limits<std::int64_t>::min();
        case 2:
            return std::numeric_limits<std::int64_t>::max();
        default:
            return draw.between<std::int64_t>(0, kYear2100);
    }
}

}  // namespace

TEST_SUITE("common/merge/stamp") {
    TEST_CASE("a right clock is left alone, a shifted one is shifted back") {
        const ClockSample right{{kNow}, 0, {kNow}, {kNow - 9 * kDay}};
        CHECK(corrected({kNow - kDay}, right, {}).ms == kNow - kDay);
        const ClockSample ahead{{kNow + 400 * kDay}, 0, {kNow}, {kNow - 9 * kDay}};
        CHECK(corrected({kNow + 399 * kDay}, ahead, {}).ms == kNow - kDay);
    }
    TEST_CASE("no clock wins by more than the true offline window") {
        const ClockSample sample{{kNow}, 0, {kNow}, {kNow - 9 * kDay}};
        CHECK(corrected({kNow + 365 * kDay}, sample, {}).ms == kNow);
        CHECK(corrected({0}, sample, {}).ms == kNow - 9 * kDay);
        CHECK(corrected({kNow - 8 * kDay}, sample, {kNow - kDay}).ms == kNow - kDay);
    }
    TEST_CASE("what a wrong clock called now, or not yet come, is moved; a watch's time stays") {
        const Instant at{kNow};
        const Instant ahead{kNow + 400 * kDay};
        CHECK(corrected_event(ahead, ahead, at) == at);
        CHECK(corrected_event({ahead.ms - 2 * kDay}, ahead, at).ms == kNow - 2 * kDay);
        CHECK(corrected_event({kNow - 3 * kDay}, ahead, at).ms == kNow - 3 * kDay);
        const Instant behind{kNow - 400 * kDay};
        CHECK(corrected_event({behind.ms - 1000}, behind, at).ms == kNow - 1000);
        CHECK(corrected_event({behind.ms - kDay}, behind, at).ms == behind.ms - kDay);
        const Instant right{kNow + 60'000};
        CHECK(corrected_event(right, right, at) == right);
    }
    TEST_CASE("a day that only a fast clock had seen is moved back by as many days") {
        const Instant at = *instant_from("2026-03-02 09:00");
        const Instant ahead = *instant_from("2026-03-12 08:00");
        CHECK(corrected_date("2026-03-12", ahead, at) == "2026-03-02");
        CHECK(corrected_date("2026-03-10", ahead, at) == "2026-02-28");
        CHECK(corrected_date("2026-03-01", ahead, at) == "2026-03-01");
        CHECK(corrected_date("2026-03-13", ahead, at) == "2026-03-13");
        CHECK(corrected_date("soon", ahead, at) == "soon");
        CHECK(corrected_date("2026-03-03", at, at) == "2026-03-03");
    }
    TEST_CASE("a moved event is never later than its changeset, whatever the clock") {
        holds([](Draw& draw) {
            const Instant event{any_time(draw)};
            const Instant at{any_time(draw)};
            const Instant meant = corrected_event(event, {any_time(draw)}, at);
            RC_ASSERT(meant == event || meant <= at);
        });
    }
    TEST_CASE("for any clock the corrected time lies between the last session and now") {
        holds([](Draw& draw) {
            const auto server_now = any_time(draw);
            const auto last = std::min(any_time(draw), server_now);
            const auto floor = std::min(any_time(draw), server_now);
            const ClockSample sample{{any_time(draw)}, 0, {server_now}, {last}};
            const auto at = corrected({any_time(draw)}, sample, {floor});
            RC_ASSERT(at.ms >= last && at.ms >= floor && at.ms <= server_now);
        });
    }
    TEST_CASE("what a device did later is never corrected to earlier") {
        holds([](Draw& draw) {
            const ClockSample sample{{any_time(draw)}, 0, {any_time(draw)}, {any_time(draw)}};
            const auto first = any_time(draw);
            const auto second = any_time(draw);
            const auto a = corrected({std::min(first, second)}, sample, {});
            RC_ASSERT(a <= corrected({std::max(first, second)}, sample, {}));
            RC_ASSERT(a <= corrected({any_time(draw)}, sample, a));
        });
    }
    TEST_CASE("a clock that is wrong by any constant, 1970 to 2100, changes nothing") {
        holds([](Draw& draw) {
            const auto shift = draw.between<std::int64_t>(-kNow, kYear2100 - kNow);
            const auto claimed = draw.between<std::int64_t>(kNow - 30 * kDay, kNow + kDay);
            const ClockSample right{{kNow}, 0, {kNow}, {kNow - 9 * kDay}};
            const ClockSample wrong{{kNow + shift}, 0, {kNow}, {kNow - 9 * kDay}};
            RC_ASSERT(corrected({claimed}, right, {}) == corrected({claimed + shift}, wrong, {}));
        });
    }
    TEST_CASE("stamps of different changesets are in one total order") {
        holds([](Draw& draw) {
            const auto any = [&draw] {
                return stamp(draw.between<std::int64_t>(0, 3), draw.between<std::uint8_t>(0, 3),
                             draw.between<std::uint64_t>(0, 3));
            };
            const auto a = any();
            const auto b = any();
            const auto c = any();
            const bool same = a.at == b.at && a.device == b.device && a.count == b.count;
            RC_ASSERT(a.later_than(b) + b.later_than(a) == (same ? 0 : 1));
            if (a.later_than(b) && b.later_than(c)) RC_ASSERT(a.later_than(c));
        });
    }
}
