// One spelling for text that people mean the same: half width, lower case, simplified characters.
#pragma once

#include <string>
#include <string_view>

namespace dossier::pinyin {

/// `text` folded for comparison, one code point per element: full-width forms and compatibility
/// characters become the ordinary ones, letters lower case without accents (ü becomes v, as typed
/// on a Chinese keyboard), traditional characters simplified. Folding twice changes nothing.
/// Bytes that are not UTF-8 are left out.
std::u32string folded(std::string_view text);

/// True for ASCII letters a-z; digits 0-9.
constexpr bool is_latin(char32_t c) {
    return c >= U'a' && c <= U'z';
}
constexpr bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
/// True for every other folded character that carries meaning: ideographs, kana, other scripts.
bool is_script(char32_t c);

/// Appends `c` as UTF-8.
void append_utf8(std::string& out, char32_t c);

}  // namespace dossier::pinyin
