#include "common/merge/stamp.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <tuple>

namespace dossier::merge {
namespace {

constexpr std::int64_t kLast = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kFirst = std::numeric_limits<std::int64_t>::min();

// Clocks of strangers may hold any number: sums stop at the ends instead of overflowing.
std::int64_t sum(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a, b, &result)) return b > 0 ? kLast : kFirst;
    return result;
}
std::int64_t difference(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(a, b, &result)) return b < 0 ? kLast : kFirst;
    return result;
}

}  // namespace

bool Stamp::later_than(const Stamp& other) const {
    return std::tie(at, device, count) > std::tie(other.at, other.device, other.count);
}

std::chrono::milliseconds age(Instant from, Instant to) {
    return std::chrono::milliseconds(difference(to.ms, from.ms));
}

Instant corrected(Instant claimed, const ClockSample& sample, Instant floor) {
    // Claim to sample first: both are of one clock, so their difference is small where the clock
    // is merely wrong and not broken.
    const std::int64_t before_session = difference(claimed.ms, sample.device_now.ms);
    const std::int64_t at =
        std::min(sum(sample.server_now.ms, before_session), sample.server_now.ms);
    return {std::max({at, sample.last_session.ms, floor.ms})};
}

Instant corrected_event(Instant event, Instant claimed, Instant at) {
    constexpr std::chrono::minutes kJustNow{1};
    const auto off = age(claimed, at);
    const bool trusted = off <= kClockTrusted && off >= -kClockTrusted;
    if (trusted || event > claimed) return event;
    const auto before = age(event, claimed);
    if (before > kJustNow && event <= at) return event;
    return {sum(at.ms, -before.count())};
}

std::string corrected_date(const std::string& date, Instant claimed, Instant at) {
    const auto noon = instant_from(date + " 12:00");
    const std::string today = office_date(at);
    if (!noon || date <= today || date > office_date(claimed)) return date;
    const std::int64_t before = difference(claimed.ms, noon->ms);
    return std::min(today, office_date({sum(at.ms, -before)}));
}

}  // namespace dossier::merge
