// Posts that are never empty: whatever a changeset does to people, roles and assignments, somebody
// holds them afterwards if somebody did before. Source: R-012.
#pragma once

#include <vector>

#include "server/intake/desk.hpp"

namespace dossier::server {

/// The roles of that sort that somebody holds now; none where the changeset leaves rights alone.
std::vector<access::Role> held_posts(const Desk& desk);
/// Errors: intake.last_holder for one of these roles that nobody holds any more.
Status check_posts(const Desk& desk, const std::vector<access::Role>& held);

}  // namespace dossier::server
