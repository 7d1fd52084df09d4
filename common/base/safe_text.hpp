// Text that somebody else wrote, made harmless for where it is shown: a name, a notice, a refusal
// or a value must not steer a terminal, forge a line of a list or a log, or turn the direction of
// what stands beside it. What is stored stays as it is.
#pragma once

#include <string>
#include <string_view>

namespace dossier {

enum class Lines : unsigned char {
    Join,  ///< one line: line ends and tabs become spaces
    Keep,
};

/// `text` without control characters (C0, DEL, C1), marks, embeddings, overrides and isolates of
/// direction, and separators of lines and paragraphs; broken UTF-8 becomes U+FFFD. Well-formed,
/// and itself when made safe again.
std::string safe_text(std::string_view text, Lines lines = Lines::Join);

/// A JSON text with the same characters escaped: equal in meaning, harmless on a terminal.
std::string safe_json(std::string_view json);

}  // namespace dossier
