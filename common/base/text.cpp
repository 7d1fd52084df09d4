#include "common/base/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

#include "common/base/told.hpp"

namespace dossier {
namespace {

/// The code point that starts at `at`, and `at` moved past it; -1 when malformed.
utf8proc_int32_t next_character(std::string_view text, std::size_t& at) {
    utf8proc_int32_t point = -1;
    const auto used = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                                       static_cast<utf8proc_ssize_t>(text.size() - at), &point);
    if (used <= 0) return -1;
    at += static_cast<std::size_t>(used);
    return point;
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

bool is_space(utf8proc_int32_t point) {
    return point == ' ' || (point >= '\t' && point <= '\r') || point == 0xA0 || point == 0x3000 ||
           point == 0xFEFF || point == 0x200B;
}

std::string_view trimmed(std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_space(next_character(text, at))) break;
        begin = at;
    }
    std::size_t end = begin;
    for (std::size_t at = begin; at < text.size();) {
        if (!is_space(next_character(text, at))) end = at;
    }
    return text.substr(begin, end - begin);
}

/// Characters canonical text leaves alone among their like: what Chinese and English are written
/// with. None decomposes, none combines, none is unseen. Source: UAX 15,
/// DerivedNormalizationProps NFC_Quick_Check.
bool is_everyday(utf8proc_int32_t point) {
    return (point < 0x300 && point != 0x85 && point != 0xA0 && point != 0xAD) ||
           (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0x3001 && point <= 0x3029) ||
           (point >= 0xFF01 && point <= 0xFF60) || (point >= 0x2010 && point <= 0x2027);
}

bool is_everyday(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const bool ascii = static_cast<unsigned char>(text[at]) < 0x80U;
        const auto point = ascii ? utf8proc_int32_t{text[at++]} : next_character(text, at);
        if (point < 0 || !is_everyday(point)) return false;
    }
    return true;
}

bool within(utf8proc_int32_t point, utf8proc_int32_t first, utf8proc_int32_t last) {
    return point >= first && point <= last;
}

/// Characters that show nothing: left out of what people typed, pasted or imported.
bool is_unseen(utf8proc_int32_t point) {
    return point == 0xAD || point == 0x34F || point == 0x61C || point == 0x180E ||
           point == 0x200B || point == 0x200E || point == 0x200F || within(point, 0x202A, 0x202E) ||
           within(point, 0x2060, 0x206F) || point == 0x3164 || point == 0xFEFF || point == 0xFFA0 ||
           within(point, 0xFFF9, 0xFFFB);
}

/// Spaces that look like the ordinary one and are not.
bool is_odd_space(utf8proc_int32_t point) {
    return point == 0xA0 || point == 0x1680 || within(point, 0x2000, 0x200A) || point == 0x202F ||
           point == 0x205F;
}

bool is_line_separator(utf8proc_int32_t point) {
    return point == 0x85 || point == 0x2028 || point == 0x2029;
}

/// Whether a joiner after `point` shapes what is seen: in Arabic and Indic scripts and between the
/// parts of a pictograph.
bool takes_joiner(utf8proc_int32_t point) {
    return within(point, 0x600, 0x1CFF) || within(point, 0x2600, 0x27BF) || point == 0xFE0F ||
           within(point, 0x1F000, 0x1FAFF);
}

/// `text`, which is UTF-8, as a reader sees it.
std::string seen(std::string_view text) {
    std::string kept;
    kept.reserve(text.size());
    utf8proc_int32_t before = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t from = at;
        const auto point = next_character(text, at);
        const bool joiner = point == 0x200C || point == 0x200D;
        if (is_unseen(point) || (joiner && !takes_joiner(before))) continue;
        before = point;
        if (is_odd_space(point)) {
            kept += ' ';
        } else if (is_line_separator(point)) {
            kept += '\n';
        } else {
            kept += text.substr(from, at - from);
        }
    }
    return kept;
}

constexpr std::string_view kNamesAction = "{do:";
constexpr std::string_view kNamesInput = "{in:";

/// What stands between the brace at `begin` and its fellow.
std::string_view in_braces(std::string_view pattern, std::size_t begin) {
    const std::size_t end = std::min(pattern.find('}', begin), pattern.size());
    return pattern.substr(begin, end - begin);
}

}  // namespace

std::string fill(std::string_view pattern, std::span<const std::string> args) {
    std::string filled;
    std::size_t next = 0;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const std::string_view rest = pattern.substr(at);
        if (rest.starts_with("{}")) {
            if (next < args.size()) filled += args[next++];
            ++at;
        } else if (rest.starts_with(kNamesAction)) {
            const auto action = in_braces(pattern, at + kNamesAction.size());
            filled.append(1, kActionBegins).append(action).append(1, kActionEnds);
            at += kNamesAction.size() + action.size();
        } else if (rest.starts_with(kNamesInput)) {
            const auto key = in_braces(pattern, at + kNamesInput.size());
            filled += named_input(key);
            at += kNamesInput.size() + key.size();
        } else {
            filled += pattern[at];
        }
    }
    return filled;
}

std::string_view action_in(std::string_view pattern) {
    const std::size_t at = pattern.find(kNamesAction);
    if (at == std::string_view::npos) return {};
    return in_braces(pattern, at + kNamesAction.size());
}

bool is_utf8(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (next_character(text, at) < 0) return false;
    }
    return true;
}

std::size_t character_count(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) count += is_continuation(c) ? 0U : 1U;
    return count;
}

std::optional<std::string> canonical_text(std::string_view text) {
    if (is_everyday(text)) return std::string(trimmed(text));
    if (!is_utf8(text)) return std::nullopt;
    return composed_text(seen(text));
}

std::optional<std::string> composed_text(std::string_view text) {
    if (!is_utf8(text)) return std::nullopt;
    utf8proc_uint8_t* normal = nullptr;
    const auto length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                     static_cast<utf8proc_ssize_t>(text.size()), &normal,
                     static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(normal, &std::free);
    if (length < 0) return std::nullopt;
    return std::string(
        trimmed({reinterpret_cast<const char*>(normal), static_cast<std::size_t>(length)}));
}

bool has_forbidden_character(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next_character(text, at);
        if (point < 0) return true;
        if (point < 0x20 && point != '\t' && point != '\n' && point != '\r') return true;
        if (point >= 0x7F && point <= 0x9F) return true;
        if ((point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069))
            return true;
    }
    return false;
}

std::string_view head(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (is_continuation(text[at])) continue;
        if (count == 0) break;
        --count;
    }
    return text.substr(0, at);
}

std::string_view tail(std::string_view text, std::size_t count) {
    std::size_t at = text.size();
    while (at > 0 && count > 0) {
        --at;
        if (!is_continuation(text[at])) --count;
    }
    return text.substr(at);
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto point = next_character(text, at);
        if (point < 0) return width + (text.size() - at);
        width += static_cast<std::size_t>(utf8proc_charwidth(point));
    }
    return width;
}

Lang lang_from_environment() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        return std::string_view(value).substr(0, 2) == "en" ? Lang::En : Lang::Zh;
    }
    return Lang::Zh;
}

std::optional<Lang> lang_from(std::string_view word) {
    if (word == "zh-CN" || word == "zh" || word == "zh_CN") return Lang::Zh;
    if (word == "en" || word == "en-US") return Lang::En;
    return std::nullopt;
}

}  // namespace dossier
