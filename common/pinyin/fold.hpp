// One spelling for text that people mean the same: the one folding that imports, the searches of
// both sides and the search for duplicates compare by.
#pragma once

#include <string>
#include <string_view>

namespace dossier::pinyin {

/// `text` folded for comparison, one code point per element: full-width forms and compatibility
/// characters become the ordinary ones, letters lower case without accents (ü becomes v, as typed
/// on a Chinese keyboard), traditional characters simplified, 〇 is 零, brackets of every sort are
/// ( and ), dots in the middle of names '.', dashes '-', quotes straight; what shows nothing is
/// left out. Folding twice changes nothing. Bytes that are not UTF-8 are left out.
std::u32string folded(std::string_view text);
/// `text`, which is folded, without the spaces people set at will: beside anything but letters and
/// digits ("明润 (集团)" and "明润(集团)"), and all but one between those.
std::u32string without_gaps(std::u32string_view text);
/// The folded text without gaps as UTF-8: two names with one key are one name to a person.
std::string match_key(std::string_view text);

/// True for ASCII letters a-z; digits 0-9; both.
constexpr bool is_latin(char32_t c) {
    return c >= U'a' && c <= U'z';
}
constexpr bool is_digit(char32_t c) {
    return c >= U'0' && c <= U'9';
}
constexpr bool is_alnum(char32_t c) {
    return is_latin(c) || is_digit(c);
}
/// True for every other folded character that carries meaning: ideographs, kana, other scripts.
bool is_script(char32_t c);

/// Appends `c` as UTF-8.
void append_utf8(std::string& out, char32_t c);

}  // namespace dossier::pinyin
