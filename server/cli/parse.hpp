// From the words of a command line to an action and what it was given.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// Options every command takes.
struct Globals {
    std::string folder;
    std::string key_file;
    std::string as;
    std::string purpose;
    Lang lang = Lang::Zh;
    bool json = false;
};

struct Parsed {
    const Action* action = nullptr;  ///< null: `help` is to be printed instead
    Inputs inputs;
    Globals globals;
    std::string help;
};

/// `words` without the program's name. Environment: DOSSIERD_DIR, DOSSIER_AS, and the locale for
/// the language. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::server
