// How the texts in a program's sources name its actions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/api/routes.hpp"

namespace dossier::test {

/// What is wrong in the sources below `folder`, "path:line: what": an action is named that is none
/// of `actions` ("case list"), or one of them is named as a command without its program.
std::vector<std::string> misnamed(std::string_view folder, std::span<const std::string> actions);

/// Every text below `folders` that names an action or an input, as a page of these routes says it,
/// that still holds a word of a command line or a mark: "path:line: text".
std::vector<std::string> left_for_a_page(std::span<const std::string_view> folders,
                                         const api::Routes& routes);

}  // namespace dossier::test
