// How the texts in a program's sources name its actions.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::test {

/// What is wrong in the sources below `folder`, "path:line: what": an action is named that is none
/// of `actions` ("case list"), or one of them is named as a command without its program.
std::vector<std::string> misnamed(std::string_view folder, std::span<const std::string> actions);

}  // namespace dossier::test
