// The manual page of a program, printed from its table of actions. Source: architecture 4.
#pragma once

#include <string>

#include "common/cli/actions.hpp"

namespace dossier::cli {

/// Every action with its inputs and example, grouped as in the help, the options every command
/// takes and the exit codes: UTF-8 roff with the macros of man(7), for `man -l`.
std::string manual(const Program& program, Lang lang);

}  // namespace dossier::cli
