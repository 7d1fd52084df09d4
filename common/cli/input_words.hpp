// How an input of an action is typed and what a person is told about it: the same words in the
// help, on the manual page and in the completion of a shell.
#pragma once

#include <string>

#include "common/action/action.hpp"

namespace dossier::cli {

/// "--next-on", "-c,--customer"; what stands by itself is called as it is.
std::string spelled(const action::Input& input);

/// A text with its actions as commands of `program` and its inputs as options.
std::string as_typed(const Text& text, std::string_view program, Lang lang);

/// What it is, its actions as commands of `program`, with the form a field is written in: "（元）",
/// "：拜访、电话 …".
std::string input_help(const action::Input& input, std::string_view program, Lang lang);

}  // namespace dossier::cli
