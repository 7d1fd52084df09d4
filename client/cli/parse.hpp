// From the words of a command line to a command and what was typed with it.
#pragma once

#include <string>
#include <vector>

#include "client/cli/command.hpp"

namespace dossier::client {

struct Parsed {
    Globals globals;
    const Command* command = nullptr;
    std::vector<std::string> words;
    std::map<std::string, std::vector<std::string>, std::less<>> given;
    std::string help;  ///< not empty: print it and stop
};

/// `words` without the program's name; none at all ask for help. Errors: cli.usage.
Result<Parsed> parse(const std::vector<std::string>& words);

}  // namespace dossier::client
