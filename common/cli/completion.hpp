// What a shell offers after the tabulator key, printed from a program's table of actions. Source:
// architecture 4.
#pragma once

#include <string>

#include "common/cli/actions.hpp"

namespace dossier::cli {

/// A bash script that completes groups, actions, options and, of fields with a list of values, the
/// values: by their codes and by their labels in this language. File names stand for all else.
/// `source <(dossier completion bash)`.
std::string bash_completion(const Program& program, Lang lang);

}  // namespace dossier::cli
