// The commands about what was removed from customer files.
#pragma once

#include "server/cli/command.hpp"

namespace dossier::server {

std::span<const Command> removed_commands();  ///< removed

}  // namespace dossier::server
