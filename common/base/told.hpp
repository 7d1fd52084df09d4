// What is told to people, before a shell shows it. Where a text names an action, no program or page
// is known yet: what is told has a mark there, and each shell puts its own words in its place, a
// command line "dossier case list", a page a link. Source: architecture 4, Words.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

/// `pattern` filled with `args`, which are mostly somebody's words: each stays in its line
/// (`safe_text`). Actions named in what is told already stay named.
std::string told(std::string_view pattern, std::span<const std::string> args);

/// What a shell says for the action of this name ("case.list").
using ActionWords = std::function<std::string(std::string_view action)>;

/// `telling` with the words of each action it names.
std::string say_actions(std::string_view telling, const ActionWords& words);

/// "case list": how an action is called where no shell shows what is told, as in a file.
std::string plain_name(std::string_view action);

}  // namespace dossier
