// Who may look at the technical side of laptops: what their sessions brought, when they came, what
// they were late with. No values of customers stand there.
#pragma once

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Administrators, and who verifies and rules: they look whether a laptop has brought its work.
/// Errors: access.denied.
Status may_see_syncs(Office& office, const Asker& asker);

}  // namespace dossier::server
