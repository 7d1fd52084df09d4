#include "common/base/safe_text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <utf8proc.h>

namespace dossier {
namespace {

constexpr std::string_view kBroken = "\xEF\xBF\xBD";  // U+FFFD

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

bool is_control(utf8proc_int32_t point) {
    return point < 0x20 || (point >= 0x7F && point <= 0x9F);
}

/// Source: UAX 9 2.1 to 2.6 (explicit and implicit directional characters), UAX 14 (BK).
bool turns_or_breaks(utf8proc_int32_t point) {
    return point == 0x061C || point == 0x200E || point == 0x200F || point == 0x2028 ||
           point == 0x2029 || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

/// One character of `text` from `at`, and how many bytes it takes; -1 for a broken byte.
struct Character {
    utf8proc_int32_t point = -1;
    std::size_t size = 1;
};
Character character_at(std::string_view text, std::size_t at) {
    Character found;
    const auto used =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                         static_cast<utf8proc_ssize_t>(text.size() - at), &found.point);
    if (used <= 0) return {};
    found.size = static_cast<std::size_t>(used);
    return found;
}

/// What stands in place of a character that may not stand there.
std::string_view in_place_of(utf8proc_int32_t point, Lines lines) {
    if (point < 0) return kBroken;
    if (point == '\t') return lines == Lines::Keep ? "\t" : " ";
    if (point == 0x2028 || point == 0x2029 || point == '\n')
        return lines == Lines::Keep ? "\n" : " ";
    return "";
}

}  // namespace

std::string safe_text(std::string_view text, Lines lines) {
    if (is_plain(text)) return std::string(text);
    std::string safe;
    safe.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, size] = character_at(text, at);
        if (point < 0 || is_control(point) || turns_or_breaks(point))
            safe += in_place_of(point, lines);
        else
            safe += text.substr(at, size);
        at += size;
    }
    return safe;
}

std::string safe_json(std::string_view json) {
    std::string safe;
    safe.reserve(json.size());
    for (std::size_t at = 0; at < json.size();) {
        const auto [point, size] = character_at(json, at);
        // Below U+007F only the line ends between its parts are left: the writer escaped the rest.
        if (point >= 0x7F && (is_control(point) || turns_or_breaks(point))) {
            std::array<char, 16> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(point));
            safe += escaped.data();
        } else {
            safe += json.substr(at, size);
        }
        at += size;
    }
    return safe;
}

}  // namespace dossier
