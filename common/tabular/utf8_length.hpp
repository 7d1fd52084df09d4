// Where characters of UTF-8 end: what encodings are told apart by.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dossier::tabular {

inline unsigned byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

/// End of the run of ASCII that starts at `at`.
std::size_t ascii_end(std::string_view text, std::size_t at);

/// What stands at `at`: its length when it is a UTF-8 character, 0 when it cannot become one,
/// nothing when the text ends inside it.
std::optional<std::size_t> utf8_length(std::string_view text, std::size_t at);

}  // namespace dossier::tabular
