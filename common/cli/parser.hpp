// What the parsers of both programs share: help in the asked language, and what is said about words
// that are no command. Included by the files that hold a parser only.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "common/cli/console.hpp"

namespace dossier::cli {

/// Help in the asked language; the library's own few words too.
class HelpWords : public CLI::Formatter {
  public:
    explicit HelpWords(Lang lang);
    /// As the library does, in columns of the terminal: a Chinese word takes more of them than it
    /// has characters, and fewer than bytes.
    std::string make_option(const CLI::Option* option, bool is_positional) const override;
};

/// Help of the deepest subcommand that was named, under its whole name.
std::string help_of(const CLI::App& app, const std::string& above = "");

/// What is wrong with the words `app` could not parse, naming the word: unknown command or option,
/// one word too many, an option or a place that is missing. cli.usage.
Error usage_error(const CLI::App& app, const CLI::ParseError& thrown, Lang lang);

}  // namespace dossier::cli
