// Text people read (in two languages) and text they typed (Unicode, bounded, cleaned).
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dossier {

enum class Lang : unsigned char { Zh, En };

/// One wording in both languages of the product. "{}" marks are filled in order by `fill`;
/// "{do:case.list}" names an action and "{in:update}" an input, which each shell says in its own
/// words (told.hpp).
struct Text {
    std::string_view zh;
    std::string_view en;

    [[nodiscard]] constexpr std::string_view in(Lang lang) const {
        return lang == Lang::Zh ? zh : en;
    }
    bool operator==(const Text&) const = default;
};

/// `pattern` with each "{}" replaced by the next of `args`; surplus marks stay empty. An action it
/// names stands in the result between `kActionBegins` and `kActionEnds`, an input likewise
/// (`named_input`).
std::string fill(std::string_view pattern, std::span<const std::string> args);
/// The first action that `pattern` names ("case.list"); empty when it names none.
std::string_view action_in(std::string_view pattern);

/// Control characters, which no stored and no typed text holds (`has_forbidden_character`):
/// nobody's name or remark is taken for an action.
inline constexpr char kActionBegins = '\x02';
inline constexpr char kActionEnds = '\x03';

/// True for well-formed UTF-8 (no overlong forms, no surrogates, ≤ U+10FFFF).
bool is_utf8(std::string_view text);
/// Number of Unicode characters of well-formed UTF-8.
std::size_t character_count(std::string_view text);
/// Normal form C without leading or trailing white space, every other character kept: the form of
/// passphrases. Errors: nullopt when `text` is not UTF-8.
std::optional<std::string> composed_text(std::string_view text);
/// `composed_text` of what a reader sees: characters without a form of their own (zero-width, soft
/// hyphens, byte order marks, direction marks) are left out, narrow and no-break spaces become
/// spaces, separators of lines line ends. The form in which text is stored and compared; applied
/// twice it changes nothing. Joiners stay where a script or a pictograph is written with them.
/// Source: Unicode 15, Default_Ignorable_Code_Point. Errors: nullopt when `text` is not UTF-8.
std::optional<std::string> canonical_text(std::string_view text);
/// True when `text` holds a character that must never be stored: NUL, a control character other
/// than tab and line ends, or a bidirectional override (U+202A–202E, U+2066–2069).
bool has_forbidden_character(std::string_view text);
/// The first `count` characters of well-formed UTF-8.
std::string_view head(std::string_view text, std::size_t count);
/// The last `count` characters of well-formed UTF-8.
std::string_view tail(std::string_view text, std::size_t count);
/// Columns a terminal gives `text`: wide East Asian characters count two.
std::size_t display_width(std::string_view text);

/// Language of `LC_ALL`, `LC_MESSAGES` or `LANG`: English when it starts with "en", else Chinese.
Lang lang_from_environment();
/// "zh-CN", "zh" or "en". Errors: nullopt for another word.
std::optional<Lang> lang_from(std::string_view word);

}  // namespace dossier
