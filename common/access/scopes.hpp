// Which facets lie in which scopes, and which scopes a device may hold. Two pure functions, held
// against `decide` by a property test: a device's scopes contain exactly the facets `decide` lets
// its user hold offline. Source: sync 5.5, domain 3.4.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

#include "common/access/decide.hpp"

namespace dossier::access {

/// The number is on wire and disk.
enum class ScopeSort : std::uint8_t {
    Organisation = 1,  ///< regions, departments, people's names, code lists
    Self = 2,          ///< one user's own work logs, tasks, device, grants
    Own = 3,           ///< facets at L0–L1 of the customers whose owner or service user he is
    Directory = 4,     ///< directory facets of one region
    Summary = 5,       ///< main facets at L1 of one region's customers, for its regional manager
    Granted = 6,       ///< what one user's offline grants open
};

struct Scope {
    ScopeSort sort = ScopeSort::Organisation;
    RecordId of;  ///< user or region; none for Organisation
    auto operator<=>(const Scope&) const = default;
};

/// "own:0190…": for logs and people who administrate.
std::string to_text(const Scope& scope);

/// The scopes a facet of this record lies in now, ascending. `grants` are the offline grants in
/// force on its customer, each with its grantee.
struct OfflineGrant {
    UserId grantee;
    Grant grant;
};
std::vector<Scope> scopes_of(const Subject& subject,
                             catalog::Facet facet,
                             const std::vector<OfflineGrant>& grants,
                             Instant now);

/// The scopes a device of this user may hold now, ascending; none when he may hold nothing.
/// `regions_below` are, for each region he reads, that region and all below it.
std::vector<Scope> scopes_for(const Viewer& viewer,
                              const std::vector<RecordId>& regions_below,
                              Instant now);

}  // namespace dossier::access
