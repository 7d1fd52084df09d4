// From the words of a command line to an action and what it was given.
#pragma once

#include <string>
#include <vector>

#include "client/actions/action.hpp"

namespace dossier::client {

/// Options every command takes.
struct Globals {
    std::string dir;
    std::string passphrase_file;
    std::string key_file;
    Lang lang = Lang::Zh;
    bool json = false;
    bool quiet = false;
};

struct Parsed {
    const Action* action = nullptr;  ///< null: `help` is to be printed instead
    Inputs inputs;
    Globals globals;
    std::string help;
};

/// `words` without the program's name; none at all ask for help. Environment: DOSSIER_DIR,
/// XDG_DATA_HOME and HOME for the folder, the locale for the language. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::client
