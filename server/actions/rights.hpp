// Decisions about a file in words: what people ask of somebody's rights, and the answers.
#pragma once

#include <vector>

#include "server/actions/action.hpp"
#include "server/reading/explanation.hpp"

namespace dossier::server {

/// The operations of `kAsked`, in its order.
std::vector<access::Operation> asked_operations();
/// A row of "part, operation, answer" for each decision; as data by the word of the operation.
action::Json tell_rights(Context& context, const FacetRights& rights, action::Table& table);

}  // namespace dossier::server
