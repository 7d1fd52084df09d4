// Which facets lie in which scopes, and which scopes a device may hold. Two pure functions, held
// against `decide` by a property test: a device's scopes contain exactly the facets `decide` lets
// its user hold offline. Source: sync 5.5, domain 3.4.
#pragma once

#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "common/access/decide.hpp"

namespace dossier::access {

/// The number is on wire and disk.
enum class ScopeSort : std::uint8_t {
    Organisation = 1,  ///< regions, departments, people's names, code lists
    Self = 2,          ///< one user's own work logs, tasks, device, grants, what he is asked for
    Own = 3,           ///< L0–L1 of his customers, the directory facet at L2, his own drafts
    Directory = 4,     ///< directory facets of one region
    Summary = 5,       ///< main facets at L0–L1 of one region's customer records, for its manager
    Granted = 6,       ///< what one user's offline grants open
};

struct Scope {
    ScopeSort sort = ScopeSort::Organisation;
    RecordId of;  ///< user or region; none for Organisation
    auto operator<=>(const Scope&) const = default;
};

/// "own:0190…": for logs and people who administrate.
std::string to_text(const Scope& scope);

struct OfflineGrant {
    UserId grantee;
    Grant grant;
};
/// A region with its ancestors, itself first.
using RegionPath = std::vector<RecordId>;

/// The scopes a facet of this record lies in now, ascending. `grants` are those on its customer,
/// each with its grantee; ones not in force or not for laptops are passed over.
std::vector<Scope> scopes_of(const Subject& subject,
                             catalog::Facet facet,
                             const std::vector<OfflineGrant>& grants,
                             Instant now);

/// The scopes a device of this user may hold now, ascending; none when he may hold nothing.
/// `regions` are all regions of the company: a role reads those whose path holds its place.
std::vector<Scope> scopes_for(const Viewer& viewer,
                              std::span<const RegionPath> regions,
                              Instant now);

}  // namespace dossier::access
