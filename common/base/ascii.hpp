// Characters of ASCII, whatever the locale says.
#pragma once

#include <algorithm>
#include <string_view>

namespace dossier {

/// 0-9.
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
/// Nothing but digits: true of an empty text.
constexpr bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, is_digit);
}

}  // namespace dossier
