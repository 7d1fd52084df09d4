// When a laptop syncs by itself: pure, from what is known to the time of the next attempt.
#pragma once

#include <cstdint>
#include <optional>

#include "common/time/clock.hpp"

namespace dossier::client {

/// Minutes after midnight, office time, at which laptops sync where the office said nothing.
inline constexpr int kNightMinute = 21 * 60;

/// All times by this laptop's clock; 0 = never.
struct SyncFacts {
    bool enrolled = false;
    bool pending = false;      ///< an administrator has not approved it yet
    std::uint64_t unsent = 0;  ///< changesets and attachments
    Instant last_saved = {};   ///< when something was saved last
    Instant last_tried = {};   ///< when a sync began last
    Instant last_finished = {};
    int failures = 0;  ///< in a row
    int night_minute = kNightMinute;
    std::uint32_t spread_s = 0;  ///< of this laptop: not all call at the same second
};

/// When to sync next; not before `now`. Nothing while it has no office. Unsent work goes as soon as
/// nothing was saved for a while; the night's sync is made up for when it was missed; what failed
/// is tried again later and later, and only where something waits for it.
std::optional<Instant> next_sync(const SyncFacts& facts, Instant now);

/// The last time before or at `now` when the office's day had come to this minute.
Instant last_night(Instant now, int minute);

}  // namespace dossier::client
