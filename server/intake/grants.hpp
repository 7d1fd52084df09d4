// Who may give and take back access: a grant is decided by the files it opens, not by itself.
#pragma once

#include "server/people/people.hpp"
#include "server/store/store.hpp"

namespace dossier::server {

/// Limits of a grant that lets a file onto a laptop. Source: domain 2.5.6 offline_grant.
inline constexpr std::chrono::hours kOfflineGrantMax{7 * 24};
inline constexpr std::size_t kOfflineGrantCustomersMax = 20;
/// Of any grant.
inline constexpr std::chrono::hours kGrantMax{366 * 24};

/// Whether `actor` may manage access to every customer or region the grant names, and to its
/// level. Errors: intake.unknown_record for one he may not know of, access.denied.
Status may_manage(
    Store& store, People& people, const UserId& actor, const FieldValues& grant, Instant now);
/// What every grant says and how far it goes: a purpose of four characters, 366 days; on a laptop
/// 7 days and 20 customers. Errors: grant.purpose, grant.length, grant.limits.
Status within_limits(const FieldValues& grant);

}  // namespace dossier::server
