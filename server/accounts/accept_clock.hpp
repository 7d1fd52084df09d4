// The way back for an office whose clock once ran ahead: an administrator says that the machine's
// clock is right, although the books tell of a later time.
#pragma once

#include "common/base/result.hpp"

#include "server/office/office.hpp"

namespace dossier::server {

inline constexpr Fault kClockAhead{
    "clock.not_behind",
    ErrorCode::Conflict,
    {"服务器时钟 {} 不早于办公室已记录的时间 {}，无需确认",
     "the machine's clock {} is not behind the office's time {}: there is nothing to accept"},
    {"用 {do:clock.show} 查看", "see {do:clock.show}"}};

struct AcceptedClock {
    Instant before;         ///< the office's time until then
    Instant now;            ///< and from then on
    std::size_t moved = 0;  ///< roles, grants and people whose dates were taken back with it
};

/// From now on the office's time is the machine's. What began or ended by the former time stays
/// begun or ended: dates of roles, grants and leaving that lie between the two become now, and a
/// term given meanwhile keeps its length. What laptops were told of the former time binds them no
/// more. Records, cases and the audit keep their dates. Through the door, with an audit line
/// "clock.accept". Inside the caller's unit of work. Errors: access.denied, clock.not_behind.
Result<AcceptedClock> accept_clock(Office& office, const UserId& actor, std::string_view reason);

}  // namespace dossier::server
