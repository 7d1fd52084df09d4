// Times of day are the office's: an instant as the clock on its wall, and back.
#pragma once

#include "common/time/clock.hpp"

namespace dossier {

/// What the office's clock shows, counted as if it were UTC: days begin at its midnight.
using OfficeTime = std::chrono::sys_time<std::chrono::milliseconds>;

constexpr OfficeTime office_time(Instant instant) {
    return OfficeTime(std::chrono::milliseconds(instant.ms)) + kOfficeOffset;
}

constexpr Instant instant_of(OfficeTime local) {
    return {(local - kOfficeOffset).time_since_epoch().count()};
}

}  // namespace dossier
