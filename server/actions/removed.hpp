// The commands about what was removed from customer files.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

std::span<const Action> removed_actions();  ///< removed

}  // namespace dossier::server
