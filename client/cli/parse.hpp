// From argv to a command and what was typed with it.
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

/// Errors: cli.usage.
Result<Parsed> parse(int argc, const char* const* argv);

}  // namespace dossier::client
