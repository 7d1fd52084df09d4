// Why the operating system refused something, in both languages: its own words are neither.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/base/text.hpp"

namespace dossier {

/// Words for an `errno` as an argument of an Error, in the form `pair_of` gives; a number when
/// there are none.
std::string reason_of(int error_number);
/// An argument that says the same in both languages: "磁盘已满/the disk is full". Whoever shows the
/// error takes the half of his language (catalog::describe).
std::string pair_of(const Text& words);
/// The words `arg` is a pair of, when it is one `reason_of` gives; else nothing.
std::optional<Text> reason_in(std::string_view arg);

}  // namespace dossier
