// How a laptop stands, in one document: who it is, what waits, whether it may be read.
#pragma once

#include <cstdint>
#include <set>

#include "client/actions/action.hpp"

namespace dossier::client {

/// After so many days without a sync a laptop is late. Source: domain 6.2, daily cut.
inline constexpr int kLateAfterDays = 3;

/// What tells how the sync of a laptop stands.
struct SyncCounts {
    std::uint64_t unsent = 0;  ///< changesets
    std::uint64_t attachments_to_send = 0;
    std::uint64_t attachments_to_fetch = 0;
    std::uint64_t unread = 0;    ///< in the tray, without what an open case tells
    std::uint64_t cases = 0;     ///< open ones about this person's words
    Instant oldest_unsent = {};  ///< 0 = none
    Instant last_finished = {};  ///< 0 = never
    bool operator==(const SyncCounts&) const = default;
};

/// "syncing", "attention" (something was not taken, or a case is open), "late", "waiting",
/// "synced" or "never". Source: ux 3.5.
std::string_view sync_state(const SyncCounts& counts, bool is_syncing, Instant now);

/// Whole days since the last sync; 0 without one.
std::int64_t days_without(const SyncCounts& counts, Instant now);

/// Numbers of the open cases that lie here.
std::set<std::uint64_t> open_cases(Store& store);
SyncCounts sync_counts(Store& store);
/// {device, user, user_id, server, fingerprint, device_state, readable_until, customers}.
action::Json standing_document(Store& store);
/// Why nothing may be read now; nothing when it may.
std::optional<Error> lock_of(Store& store, Instant now);

}  // namespace dossier::client
