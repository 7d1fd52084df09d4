// When and by whom: the total order that decides "latest", and the bounded correction of clocks.
// Source: sync 5.4 "Time", domain 2.1 (ranks).
#pragma once

#include "common/base/ids.hpp"
#include "common/time/clock.hpp"

namespace dossier::merge {

/// Total order by (at, device, count): two stamps of different ops are never equal.
struct Stamp {
    Instant at;               ///< corrected and bounded time
    DeviceId device;          ///< breaks ties
    std::uint64_t count = 0;  ///< outbox number of the op's changeset: breaks ties of one device
    UserId author;
    int rank = 0;  ///< authority of the author, domain 2.1: 90 … 10

    bool operator==(const Stamp&) const = default;
    [[nodiscard]] bool later_than(const Stamp& other) const;
};

/// `to` − `from`, stopping at the ends of int64 instead of overflowing.
std::chrono::milliseconds age(Instant from, Instant to);

/// What the server knows of a device's clock when a session starts.
struct ClockSample {
    Instant device_now;  ///< the device's wall clock in HELLO
    std::int64_t device_ticks_ms = 0;
    Instant server_now;
    Instant last_session;  ///< server time of this device's last finished session; 0 = never
};

/// claimed + (server_now − device_now), bounded to [last_session, server_now] and, within one
/// device epoch, not before `floor` (the corrected time of the device's previous changeset; 0 =
/// none). Where these contradict (the server's own clock went back) the lower bound holds, so that
/// a device's changesets keep their order. Any int64 is accepted for every time.
/// A wrong clock never blocks work and never wins by more than the true offline window.
Instant corrected(Instant claimed, const ClockSample& sample, Instant floor);

/// A wall clock further off than this is told to its user and corrected for (domain 6.2, C-18).
inline constexpr std::chrono::minutes kClockTrusted{5};

/// The time of an event as a device wrote it, by the office's clock. `claimed` and `at` are the
/// changeset's own time before and after `corrected`. Moved by their difference where only the
/// device's clock can have said it: "now", or a time that had not come yet. A time a person may
/// have read from his watch stays. Never later than `at` when moved.
Instant corrected_event(Instant event, Instant claimed, Instant at);

/// The same for a date ("YYYY-MM-DD" of office time): a day that has not come at `at`, but had by
/// the device's clock, is moved by as many days as that clock ran ahead; any other stays.
std::string corrected_date(const std::string& date, Instant claimed, Instant at);

}  // namespace dossier::merge
