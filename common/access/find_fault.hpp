// Turns the id a verdict or refusal carries back into words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/result.hpp"

namespace dossier::access {

/// The fault of catalog, merge or access with this id; nullptr when this version does not know it.
const Fault* find_fault(std::string_view id);

/// The error of an id and its arguments; an id of another version becomes "verdict.unknown".
Error error_of(std::string_view id, std::vector<std::string> args);

}  // namespace dossier::access
