#include "client/store/lease.hpp"

#include <algorithm>
#include <chrono>

#include "protocol/messages.hpp"

namespace dossier::client {
namespace {

constexpr std::string_view kUntil = "lease_until";
constexpr std::string_view kOfficeTime = "office_time";
constexpr std::string_view kSeen = "seen_time";
constexpr std::string_view kOffset = "clock_offset";
constexpr std::string_view kWipe = "wipe";
constexpr std::int64_t kWipingMark = 1;
constexpr std::int64_t kWipedMark = 2;
/// A clock may be set right by a little; by more it is set back.
constexpr std::chrono::hours kBackMax{24};
constexpr std::chrono::minutes kNoteEvery{1};

}  // namespace

void Lease::grant(Instant office_now, Instant until, Instant clock) {
    meta_.set_number(kOfficeTime, office_now.ms);
    meta_.set_number(kSeen, office_now.ms);
    meta_.set_number(kOffset, clock.ms - office_now.ms);
    meta_.set_number(kUntil, until.ms);
}

Instant Lease::seen() {
    return {std::max(meta_.number(kSeen), meta_.number(kOfficeTime))};
}

Instant Lease::until() {
    return {meta_.number(kUntil)};
}

Instant Lease::passed(Instant clock) {
    const Instant before = seen();
    // A clock that was wrong at the last sync is either still wrong by as much, or set right since.
    const Instant corrected{clock.ms - meta_.number(kOffset)};
    const Instant earlier = std::min(clock, corrected);
    const Instant later = std::max(clock, corrected);
    if (earlier.plus(kBackMax) >= before) return std::max(earlier, before);
    return std::max(later, before);
}

Lock Lease::lock(Instant clock) {
    const auto wipe = meta_.number(kWipe);
    if (wipe == kWipedMark) return Lock::Wiped;
    if (wipe == kWipingMark) return Lock::Wiping;
    using protocol::DeviceState;
    const auto state = static_cast<DeviceState>(meta_.number("device_state"));
    if (state == DeviceState::Revoked || state == DeviceState::Lost) return Lock::Revoked;
    if (state == DeviceState::Suspended) return Lock::Suspended;
    if (until().ms == 0) return Lock::Open;
    if (passed(clock) >= until()) return Lock::LeaseOver;
    const Instant latest = std::max(clock, Instant{clock.ms - meta_.number(kOffset)});
    return latest.plus(kBackMax) < seen() ? Lock::ClockBack : Lock::Open;
}

void Lease::note(Instant clock) {
    meta_.set_number(kSeen, passed(clock).ms);
}

bool Lease::is_worth_noting(Instant clock) {
    return passed(clock) >= seen().plus(kNoteEvery);
}

void Lease::set_wiping() {
    if (meta_.number(kWipe) == 0) meta_.set_number(kWipe, kWipingMark);
}

void Lease::set_wiped() {
    meta_.set_number(kWipe, kWipedMark);
}

}  // namespace dossier::client
