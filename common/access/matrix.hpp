// The table of operations × roles (domain 3.3) for customer files. Internal to common/access.
#pragma once

#include "common/access/decide.hpp"

namespace dossier::access {

/// What a role may do within its reach.
enum class Cell : std::uint8_t {
    No,
    Own,  ///< on files of his own only
    Yes,
    Append,   ///< on his own freely; elsewhere added and flagged
    Propose,  ///< kept until somebody verifies it
    Ask,      ///< once approved
};

/// `operation` must be one of Create … Transfer, ManageAccess, Export.
Cell cell_of(Role role, Operation operation);

}  // namespace dossier::access
