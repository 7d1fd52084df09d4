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

/// What both programs take with every command; each adds its own.
struct Globals {
    std::string folder;
    std::string key_file;
    Lang lang = Lang::Zh;
    bool json = false;
};

/// What a command line is made of.
struct Program {
    const char* name;
    Text about;
    std::span<const action::Action* const> actions;
    Text (*group_help)(std::string_view word) = nullptr;
    Text folder_help;                          ///< of --dir
    const char* folder_environment = nullptr;  ///< variable that says it, where the parser reads it
    Text key_help;                             ///< of --key-file
    std::vector<CommonOption> own = {};        ///< beside those both programs take
    bool lists_alone = false;                  ///< "dossier tray" is "dossier tray list"
};

/// The options every command of the program takes: stored into `globals`, the word of --lang into
/// `lang_word`.
std::vector<CommonOption> options_of(const Program& program,
                                     Globals& globals,
                                     std::string& lang_word);
/// The same to be told, not read: what they are stored into is nobody's.
std::vector<CommonOption> options_of(const Program& program);

struct Asked {
    const action::Action* action = nullptr;
    action::Inputs inputs;
    std::string help;  ///< not empty: print it and stop
};

/// `words` without the program's name; none at all ask for help. What they say of the options of
/// both programs goes into `globals`, whose language is else the environment's. Errors: cli.usage.
Result<Asked> ask(const Program& program, const std::vector<std::string>& words, Globals& globals);

/// A command line taken apart, by a program whose rows are `Row`s and whose options are `Options`.
template <class Row, class Options>
struct Parsed {
    const Row* action = nullptr;  ///< null: `help` is to be printed instead
    action::Inputs inputs = {};
    Options globals = {};
    std::string help = {};
};

/// The same into `parsed`, whose globals hold what the words need not say. Errors: cli.usage.
template <class Row, class Options>
Status parse(const Program& program,
             const std::vector<std::string>& words,
             Parsed<Row, Options>& parsed) {
    auto asked = ask(program, words, parsed.globals);
    if (!asked) return pass(asked);
    parsed.action = static_cast<const Row*>(asked->action);
    parsed.inputs = std::move(asked->inputs);
    parsed.help = std::move(asked->help);
    return {};
}

}  // namespace dossier::cli
