// The book of syncs: who synced when, how much came and went, which laptop is late. It holds
// numbers and names only: administrators and whoever verifies the night's work may read it.
#pragma once

#include <chrono>

#include "server/reading/asker.hpp"

namespace dossier::server {

inline constexpr Fault kUnknownSession{"session.unknown",
                                       ErrorCode::NotFound,
                                       {"没有 {} 号同步记录", "there is no session {}"},
                                       {"用 {do:session.list} 查看", "see {do:session.list}"}};

/// Errors: access.denied.
Status may_see_syncs(Office& office, const Asker& asker);
/// Latest first, at most `limit`. Errors: access.denied.
Result<std::vector<SessionRow>> latest_syncs(Office& office, const Asker& asker, std::size_t limit);
/// Those of one laptop. Errors: access.denied.
Result<std::vector<SessionRow>> syncs_of(Office& office,
                                         const Asker& asker,
                                         const DeviceId& device,
                                         std::size_t limit);
/// Errors: access.denied, session.unknown.
Result<SessionRow> sync_numbered(Office& office, const Asker& asker, std::uint64_t number);

/// Changesets the laptop still had when it was last heard of.
std::uint64_t left_unsent(const SessionRow& row);
/// The ops of a sync that rules alone answered: taken, merged, the same already, or superseded by a
/// later value. Everybody who counts what was merged by rule counts these.
std::uint64_t by_rule(const SessionRow& row);

/// A laptop at work and when it was last heard of.
struct Awaited {
    DeviceRow device;
    Instant seen;              ///< its last session, else its enrolment
    bool overdue = false;      ///< longer ago than was asked
    std::uint64_t unsent = 0;  ///< what it told of and has not brought
    Instant unsent_since;      ///< start of the session that told so
};
/// Laptops that were not heard of for `longest`, or have told of work they have not brought.
/// Errors: access.denied.
Result<std::vector<Awaited>> awaited_laptops(Office& office,
                                             const Asker& asker,
                                             std::chrono::hours longest);

}  // namespace dossier::server
