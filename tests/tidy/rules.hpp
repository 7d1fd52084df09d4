// The rules, one function each: a file in, what it breaks out. Each table stands beside its rule.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/source.hpp"

namespace dossier::tidy {

using Faults = std::vector<std::string>;

// includes.cpp
/// Includes go down only: between our folders.
Faults include_faults(const File& file);
/// Every library is included where it belongs and nowhere else.
Faults library_faults(const File& file);
/// How many product files include a header whose name starts with `prefix`.
std::size_t files_including(const std::vector<File>& files, std::string_view prefix);

// shape.cpp
/// No product file over 400 lines, no function over 90.
Faults size_faults(const File& file);
/// Headers open with a comment, guard themselves once, open no namespace to everybody.
Faults header_faults(const File& file);
/// No tabs, no spaces at line ends, one line end at the end.
Faults spacing_faults(const File& file);

// special.cpp
/// Lines outside the catalog that compare with a kind or a field by its name.
std::vector<std::size_t> special_lines(const File& file);
/// Each of them says why what it asks is no attribute of the catalog.
Faults special_faults(const File& file);

// requirements.cpp
/// The page of the domain's rules (tests/scenarios/RULES.md) says what is: each rule has one row,
/// each it holds has one, the files it names are there and so are the sentences of the tests.
Faults requirement_faults(const std::vector<File>& files);

// words.cpp
/// No reminders, no clock or randomness that was not handed in.
Faults call_faults(const File& file);
/// One word per idea: synonyms of the house's words are refused in identifiers.
Faults word_faults(const File& file);
/// At the office nothing above server/reading decides what may be seen, or notes that it was.
Faults reading_faults(const File& file);
/// No text of a fault or an answer names a command or an option: it names the action or the input,
/// alike in both languages.
Faults text_faults(const File& file);
/// No path of somebody's machine.
Faults path_faults(const File& file);

}  // namespace dossier::tidy
