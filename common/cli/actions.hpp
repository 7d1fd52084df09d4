// From the words of a command line to an action and what was given to it: one parser and one help
// for both programs, fed from their tables of actions. Source: architecture 4.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "common/action/inputs.hpp"

namespace dossier::cli {

/// An option every command of a program takes.
struct CommonOption {
    const char* name;  ///< "--dir", "-q,--quiet"
    const char* value;
    Text help;
    std::string* into = nullptr;  ///< where a value goes; null for a flag
    bool* flag = nullptr;
    const char* environment = nullptr;  ///< variable that says it where the words do not
};

/// What a command line is made of.
struct Program {
    const char* name;
    Text about;
    std::span<const action::Action* const> actions;
    Text (*group_help)(std::string_view word) = nullptr;
    std::vector<CommonOption> common;
    bool lists_alone = false;  ///< "dossier tray" is "dossier tray list"
};

struct Asked {
    const action::Action* action = nullptr;
    action::Inputs inputs;
    std::string help;  ///< not empty: print it and stop
};

/// `words` without the program's name; none at all ask for help. Errors: cli.usage.
Result<Asked> ask(const Program& program, const std::vector<std::string>& words, Lang lang);

}  // namespace dossier::cli
