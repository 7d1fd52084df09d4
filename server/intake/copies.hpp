// A card that left a laptop is told to the office: the audit keeps it, nothing else changes.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Writes the audit line of a copy (merge::is_copy) that was made on a laptop: its purpose, and
/// whether its author may copy that card as the office knows it now or knew it then. Applied
/// whatever the office thinks of it, for the copy is made; so its answer tells nothing of the file.
merge::Verdict admit_copy(const Desk& desk, const merge::Op& op);

}  // namespace dossier::server
