// Who may give and take back access: a grant is decided by the files it opens, not by itself.
#pragma once

#include "server/people/people.hpp"
#include "server/store/store.hpp"

namespace dossier::server {

/// Limits of a grant that lets a file onto a laptop. Source: domain 2.5.6 offline_grant.
inline constexpr std::chrono::hours kOfflineGrantMax{7 * 24};
inline constexpr std::size_t kOfflineGrantCustomersMax = 20;

/// Whether `actor` may manage access to every customer or region the grant names, and to its
/// level. Errors: intake.unknown_record for one he may not know of, access.denied.
Status may_manage(
    Store& store, People& people, const UserId& actor, const FieldValues& grant, Instant now);
/// The limits of offline grants. Errors: access.denied.
Status within_offline_limits(const FieldValues& grant);

}  // namespace dossier::server
