#include "client/app/sync_plan.hpp"

#include <algorithm>
#include <chrono>

#include "common/time/office_time.hpp"

namespace dossier::client {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

/// A person who types saves several times in a row.
constexpr seconds kSettled{20};
constexpr seconds kAskedAgain{15};
/// What the office left for another time waits so long.
constexpr minutes kLeftOver{5};
constexpr seconds kFirstWait{30};
constexpr minutes kLongestWait{30};
constexpr seconds kProbedEvery{15};

Instant after(Instant from, milliseconds wait) {
    return from.plus(wait);
}

milliseconds wait_after(int failures) {
    milliseconds wait = kFirstWait;
    for (int i = 1; i < failures && wait < kLongestWait; ++i) wait *= 2;
    return std::min<milliseconds>(wait, kLongestWait);
}

/// When the clock is set back, times that were noted before are still to come.
Instant passed(Instant at, Instant now) {
    return at > now ? Instant{} : at;
}

bool has_waiting(const SyncFacts& facts) {
    return facts.unsent > 0 || facts.hidden;
}

}  // namespace

Instant last_night(Instant now, int minute) {
    const auto local = office_time(now);
    const auto tonight = std::chrono::floor<days>(local) + minutes(minute);
    return instant_of(tonight > local ? tonight - days(1) : tonight);
}

std::optional<Instant> next_sync(const SyncFacts& facts, Instant now) {
    if (!facts.enrolled) return std::nullopt;
    const auto not_before_now = [&](Instant at) { return std::max(at, now); };
    const Instant tried = passed(facts.last_tried, now);
    const Instant saved = passed(facts.last_saved, now);
    if (facts.pending) return not_before_now(after(tried, kAskedAgain));
    const Instant night = last_night(now, facts.night_minute);
    // The office's clock and this one may differ by days: what was tried tonight is not missed.
    const Instant done =
        facts.failures > 0 ? facts.last_finished : std::max(facts.last_finished, facts.last_tried);
    const bool missed = done < night;
    if (facts.failures > 0 && (has_waiting(facts) || missed))
        return not_before_now(after(tried, wait_after(facts.failures)));
    if (facts.hidden) return not_before_now(after(tried, kAskedAgain));
    if (facts.unsent > 0) {
        const bool is_left_over = tried.ms != 0 && saved <= tried;
        return not_before_now(is_left_over ? after(tried, kLeftOver) : after(saved, kSettled));
    }
    if (missed) return not_before_now(after(night, seconds(facts.spread_s)));
    return after(night, hours(24) + seconds(facts.spread_s));
}

std::optional<Instant> next_probe(const SyncFacts& facts, Instant now) {
    const bool looks = facts.probes == Probes::Ready || facts.probes == Probes::Spent;
    if (!looks || !has_waiting(facts)) return std::nullopt;
    const auto last = std::max(passed(facts.last_probed, now), passed(facts.last_tried, now));
    return std::max(now, after(last, kProbedEvery));
}

Probes after_probe(Probes before, bool is_there) {
    if (!is_there) return Probes::Ready;
    return before == Probes::Ready ? Probes::Answered : before;
}

SyncFacts after_sync(
    SyncFacts now, const SyncFacts& before, bool is_done, bool is_reached, bool is_asked) {
    now.probes = is_reached                          ? Probes::No
                 : before.probes == Probes::Answered ? Probes::Spent
                 : before.probes == Probes::Spent    ? Probes::Spent
                                                     : Probes::Ready;
    if (is_done) {
        now.failures = 0;
    } else if (is_asked && before.failures > 0) {
        now.failures = before.failures;
        now.last_tried = before.last_tried;
    } else {
        now.failures = before.failures + 1;
    }
    return now;
}

}  // namespace dossier::client
