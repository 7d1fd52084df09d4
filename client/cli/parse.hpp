// From the words of a command line to an action and what it was given.
#pragma once

#include <string>
#include <vector>

#include "common/cli/actions.hpp"

#include "client/actions/action.hpp"

namespace dossier::client {

/// What a person types to run this program.
inline constexpr const char* kProgramName = "dossier";

/// Options every command takes.
struct Globals : cli::Globals {
    std::string passphrase_file;
    bool quiet = false;
};

using Parsed = cli::Parsed<Action, Globals>;

/// What a command line of this program is made of. The options of every command are stored into
/// `globals`.
cli::Program program(Globals& globals);

/// `words` without the program's name; none at all ask for help. Environment: DOSSIER_DIR,
/// XDG_DATA_HOME and HOME for the folder, the locale for the language. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::client
