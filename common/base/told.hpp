// What is told to people, before a shell shows it. Where a text names an action, no program or page
// is known yet: what is told has a mark there, and each shell puts its own words in its place, a
// command line "dossier case list", a page a link. So it is with an input: "--update" for the one,
// the label of a form for the other. Source: architecture 4, Words.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

/// `pattern` filled with `args`, which are mostly somebody's words: each stays in its line
/// (`safe_text`). Actions named in what is told already stay named.
std::string told(std::string_view pattern, std::span<const std::string> args);

/// What stands for the input of this key in what is told. In capitals ("DATE") it stands where it
/// is written and has no name of its own on a command line.
std::string named_input(std::string_view key);
/// The key of the input that `say_actions` asks the words of; empty where it asks for an action's.
std::string_view input_key_in(std::string_view name);

/// What a shell says for the action of this name ("case.list"), or for an input (`input_key_in`).
using ActionWords = std::function<std::string(std::string_view action)>;

/// `telling` with the words of each action and input it names.
std::string say_actions(std::string_view telling, const ActionWords& words);

/// "case list": how an action is called where no shell shows what is told, as in a file; an input
/// by its key.
std::string plain_name(std::string_view action);

}  // namespace dossier
