// From the words of a command line to an action and what it was given.
#pragma once

#include "common/cli/actions.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {

/// Options every command takes.
struct Globals : cli::Globals {
    std::string as;
    std::string purpose;
};

using Parsed = cli::Parsed<Action, Globals>;

/// `words` without the program's name. Environment: DOSSIERD_DIR, DOSSIER_AS, and the locale for
/// the language. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::server
