// Ideographs and ASCII take the quick way; all the rest asks utf8proc, one code point at a time.
#include "common/pinyin/fold.hpp"

#include <array>

#include <utf8proc.h>

#include "common/pinyin/tables.hpp"

namespace dossier::pinyin {
namespace {

bool is_plain_ideograph(char32_t c) {
    return c >= 0x3400 && c <= 0x9FFF && (c & 0xFFC0) != 0x4DC0;
}

char32_t simplified(char32_t c) {
    const std::uint16_t place = tables::cell(tables::kVariantPage, tables::kVariantCell, c);
    return place == 0 ? c : tables::kSimplified[place];
}

/// Signs that are written in many ways and mean one thing.
struct Sign {
    std::u32string_view written;
    char32_t meant;
};
constexpr std::array kSigns{
    Sign{U"[{〔【〖﹝⦅", U'('}, Sign{U"]}〕】〗﹞⦆", U')'}, Sign{U"·•‧・∙⋅⸱", U'.'},
    Sign{U"‐‑‒–—―−", U'-'},     Sign{U"‘’", U'\''},         Sign{U"“”", U'"'},
};

char32_t plain(char32_t c) {
    if (is_latin(c) || is_digit(c)) return c;
    if (c >= U'A' && c <= U'Z') return c + 32;
    for (const Sign& sign : kSigns) {
        if (sign.written.find(c) != std::u32string_view::npos) return sign.meant;
    }
    return c;
}

/// Letters of other scripts, symbols, full-width and compatibility forms.
void fold_rare(char32_t c, std::u32string& out) {
    if (c == U'ü' || c == U'Ü' || (c >= 0x01D5 && c <= 0x01DC)) {
        out += U'v';
        return;
    }
    std::array<utf8proc_int32_t, 32> parts{};
    int boundary = 0;
    const auto options =
        static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                       UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
    const auto count = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(c), parts.data(),
                                               parts.size(), options, &boundary);
    for (utf8proc_ssize_t i = 0; i < count && i < utf8proc_ssize_t{parts.size()}; ++i) {
        out += simplified(plain(static_cast<char32_t>(parts[static_cast<std::size_t>(i)])));
    }
}

}  // namespace

std::u32string folded(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto* const end = at + text.size();
    while (at < end) {
        utf8proc_int32_t value = 0;
        const utf8proc_ssize_t size = utf8proc_iterate(at, end - at, &value);
        at += size > 0 ? size : 1;
        if (size <= 0) continue;
        const auto c = static_cast<char32_t>(value);
        if (c < 0x80) {
            out += plain(c);
        } else if (is_plain_ideograph(c)) {
            out += simplified(c);
        } else {
            fold_rare(c, out);
        }
    }
    return out;
}

std::u32string without_gaps(std::u32string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool gap = text[at] == U' ' || (text[at] >= U'\t' && text[at] <= U'\r');
        if (!gap) {
            out += text[at];
            continue;
        }
        const auto next = text.find_first_not_of(U" \t\n\v\f\r", at);
        const bool between = !out.empty() && is_alnum(out.back()) &&
                             next != std::u32string_view::npos && is_alnum(text[next]);
        if (between) out += U' ';
        if (next == std::u32string_view::npos) break;
        at = next - 1;
    }
    return out;
}

std::string match_key(std::string_view text) {
    std::string key;
    for (const char32_t c : without_gaps(folded(text))) append_utf8(key, c);
    return key;
}

bool is_script(char32_t c) {
    if (c < 0x80) return false;
    if (is_plain_ideograph(c)) return true;
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LT:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_ND:
        case UTF8PROC_CATEGORY_NL:
            return true;
        default:
            return false;
    }
}

void append_utf8(std::string& out, char32_t c) {
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

}  // namespace dossier::pinyin
