// What can be done with a record of any kind on the laptop: the functions behind the actions every
// kind has. The kind is that of the action. Source: architecture 4.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

/// The actions every kind has, but for those of `own`.
const std::vector<Action>& record_actions(std::span<const Action* const> own);

}  // namespace dossier::client
