// When a laptop syncs by itself: pure, from what is known to the time of the next attempt.
#pragma once

#include <cstdint>
#include <optional>

#include "common/time/clock.hpp"

#include "protocol/messages.hpp"

namespace dossier::client {

/// Whether the office's port is looked at while something waits. An attempt that a probe brought
/// about and that failed is followed by no other until the port was seen closed: what answers there
/// is not the office, or not well.
enum class Probes : std::uint8_t {
    No,        ///< the office was met last
    Ready,     ///< nobody answered last
    Answered,  ///< a probe found the port open: sync
    Spent,     ///< and that sync met nobody
};

/// All times by this laptop's clock; 0 = never.
struct SyncFacts {
    bool enrolled = false;
    bool pending = false;      ///< an administrator has not approved it yet
    bool hidden = false;       ///< nothing may be read before a sync: lease over, clock set back
    std::uint64_t unsent = 0;  ///< changesets and attachments
    Instant last_saved = {};   ///< when something was saved last
    Instant last_tried = {};   ///< when a sync began last
    Instant last_finished = {};
    int failures = 0;                              ///< in a row
    int night_minute = protocol::kNightHour * 60;  ///< after midnight, office time
    std::uint32_t spread_s = 0;  ///< of this laptop: not all call at the same second
    Probes probes = Probes::No;
    Instant last_probed = {};
};

/// When to sync next; not before `now`. Nothing while it has no office. Unsent work goes as soon as
/// nothing was saved for a while; the night's sync is made up for when it was missed; what may be
/// read only after a sync is not waited for; what failed is tried again later and later, and only
/// where something waits for it. A time that is still to come is none: the clock was set back.
std::optional<Instant> next_sync(const SyncFacts& facts, Instant now);

/// When to look at the office's port next: while something waits and nobody answered last,
/// every quarter of a minute. Nothing otherwise.
std::optional<Instant> next_probe(const SyncFacts& facts, Instant now);
Probes after_probe(Probes before, bool is_there);

/// What is known once a sync has ended; `before` = when it began. One that a person asked for and
/// that failed lengthens no wait.
SyncFacts after_sync(
    SyncFacts now, const SyncFacts& before, bool is_done, bool is_reached, bool is_asked);

/// The last time before or at `now` when the office's day had come to this minute.
Instant last_night(Instant now, int minute);

}  // namespace dossier::client
