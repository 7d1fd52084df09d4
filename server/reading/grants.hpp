// Grants of access as far as somebody may know of them: one's own, all for administrators, and
// those on files one manages the access to.
#pragma once

#include "server/reading/view.hpp"

namespace dossier::server {

enum class GrantRight : std::uint8_t { None, Knows, Manages };

/// What the asker may do with the grant: not even know of it, know of it, or take it back.
GrantRight right_to_grant(Office& office, const Asker& asker, const RecordId& grant);
/// Noted as "list".
std::vector<Listed> known_grants(Office& office, const Asker& asker);

}  // namespace dossier::server
