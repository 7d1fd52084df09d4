// Which actions are worth offering to whom: those that nobody of his roles is ever allowed are left
// out of his menus. No right is decided by it: who asks all the same is refused by the action.
#pragma once

#include <span>

#include "common/access/role.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {

bool is_offered(const Action& action, std::span<const access::Role> roles);

}  // namespace dossier::server
