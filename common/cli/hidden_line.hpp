// A line typed unseen: passphrases and passwords.
#pragma once

#include <optional>
#include <string>

#include "common/cli/console.hpp"

namespace dossier::cli {

/// Asks for it on the terminal, without echo. Nothing when there is no terminal to type on.
std::optional<std::string> hidden_line(Console& console, const Text& prompt);

}  // namespace dossier::cli
