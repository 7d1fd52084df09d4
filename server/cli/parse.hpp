// From the words of a command line to a command and what it was given.
#pragma once

#include "server/cli/command.hpp"

namespace dossier::server {

struct Parsed {
    const Command* command = nullptr;  ///< null: `help` is to be printed instead
    Args args;
    Globals globals;
    std::string help;
};

/// `words` without the program's name. Environment: DOSSIERD_DIR, DOSSIER_AS, and the locale for
/// the language. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::server
