// What an administrator must see to: lines of `status` that are there only when something is wrong.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/actions/action.hpp"

namespace dossier::server {

/// By how much the machine's clock is behind what the office has recorded, and what to do.
std::string clock_warning(Context& context);
/// Label and words of all that is wrong; empty when nothing is.
std::vector<std::pair<std::string, std::string>> warnings(Context& context);

}  // namespace dossier::server
