// From the words of a command line to an action and what it was given.
#pragma once

#include "common/cli/actions.hpp"

#include "server/actions/action.hpp"

namespace dossier::server {

/// What a person types to run this program.
inline constexpr const char* kProgramName = "dossierd";

/// Options every command takes.
struct Globals : cli::Globals {
    std::string as;
    std::string purpose;
};

using Parsed = cli::Parsed<Action, Globals>;

/// What a command line of this program is made of. The options of every command are stored into
/// `globals`.
cli::Program program(Globals& globals);

/// `words` without the program's name. Environment: DOSSIERD_DIR, DOSSIER_AS, and the locale for
/// the language. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::server
