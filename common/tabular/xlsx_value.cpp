#include "common/tabular/xlsx_value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "common/base/text.hpp"

namespace dossier::tabular {
namespace {

constexpr std::int64_t kDaySeconds = 86'400;

/// UTF-8 of a UTF-16 unit; nothing for a surrogate.
std::string utf8_of(unsigned unit) {
    std::string text;
    if (unit >= 0xD800U && unit <= 0xDFFFU) return text;
    if (unit < 0x80U) {
        text += static_cast<char>(unit);
    } else if (unit < 0x800U) {
        text += static_cast<char>(0xC0U | (unit >> 6U));
        text += static_cast<char>(0x80U | (unit & 0x3FU));
    } else {
        text += static_cast<char>(0xE0U | (unit >> 12U));
        text += static_cast<char>(0x80U | ((unit >> 6U) & 0x3FU));
        text += static_cast<char>(0x80U | (unit & 0x3FU));
    }
    return text;
}

/// The letters of a format code that mean something: without "quoted text", [conditions],
/// \escaped, _padding and *fill characters.
std::string meaningful_letters(std::string_view code) {
    std::string letters;
    for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
        const char c = code[i];
        if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '[') {
            const std::size_t end = std::min(code.find(']', i), code.size());
            // [h], [mm] and [ss] are elapsed time; [Red], [$-804] and [>5] are not.
            const std::string_view inside = code.substr(i + 1, end - i - 1);
            if (inside.find_first_not_of("hmsHMS") == std::string_view::npos) letters += inside;
            i = end;
        } else if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else {
            letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return letters;
}

}  // namespace

Shown shown_by_format(unsigned id) {
    if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58) {
        return Shown::Date;
    }
    if (id == 22) return Shown::DateTime;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
        id == 56) {
        return Shown::Time;
    }
    return Shown::Number;
}

Shown shown_by_code(std::string_view code) {
    const std::string letters = meaningful_letters(code);
    const auto has = [&](char letter) { return letters.find(letter) != std::string::npos; };
    if (letters.starts_with("general")) return Shown::Number;
    const bool time = has('h') || has('s');
    const bool date = has('y') || has('d') || (has('m') && !time);
    if (date) return time ? Shown::DateTime : Shown::Date;
    return time ? Shown::Time : Shown::Number;
}

std::optional<double> number_from(std::string_view raw) {
    double value = 0;
    const auto [end, wrong] = std::from_chars(raw.data(), raw.data() + raw.size(), value);
    if (wrong != std::errc() || end != raw.data() + raw.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string number_text(std::string_view raw) {
    const auto value = number_from(raw);
    constexpr double kWholeMax = 1e15;  // beyond, a spreadsheet has only fifteen of the digits
    if (!value) return std::string(raw);
    std::array<char, 64> out{};
    const auto format =
        std::fabs(*value) < kWholeMax && *value == std::floor(*value)
            ? std::to_chars(out.data(), out.data() + out.size(), static_cast<std::int64_t>(*value))
            : std::to_chars(out.data(), out.data() + out.size(), *value, std::chars_format::general,
                            15);
    std::string text(out.data(), format.ptr);
    std::replace(text.begin(), text.end(), 'e', 'E');
    return text;
}

std::optional<std::string> serial_text(double serial, Shown shown, bool from_1904) {
    constexpr double kDaysMax = 2'958'466;  // 10000-01-01
    if (!(serial >= 0) || serial >= kDaysMax) return std::nullopt;
    const auto seconds = static_cast<std::int64_t>(std::llround(serial * kDaySeconds));
    const std::int64_t days = seconds / kDaySeconds;
    const std::int64_t rest = seconds % kDaySeconds;
    std::string text;
    if (shown != Shown::Time) {
        using namespace std::chrono;
        constexpr std::int64_t kGhostDay = 60;  // 1900-02-29
        if (!from_1904 && (days == kGhostDay || days == 0)) return std::nullopt;
        const sys_days first = from_1904          ? sys_days{year{1904} / 1 / 1}
                               : days < kGhostDay ? sys_days{year{1899} / 12 / 31}
                                                  : sys_days{year{1899} / 12 / 30};
        const year_month_day date{first + std::chrono::days{days}};
        std::array<char, 32> out{};
        std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
        text = out.data();
    }
    if (shown != Shown::Date) {
        const std::int64_t hours = shown == Shown::Time ? seconds / 3600 : rest / 3600;
        std::array<char, 48> out{};
        std::snprintf(out.data(), out.size(), "%02d:%02d:%02d", static_cast<int>(hours),
                      static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
        text += (text.empty() ? "" : " ");
        text += out.data();
    }
    return text;
}

std::optional<std::size_t> column_of(std::string_view reference) {
    constexpr std::size_t kColumnsMax = 16'384;
    std::size_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z') break;
        column = column * 26 + static_cast<std::size_t>(c - 'A') + 1;
        if (column > kColumnsMax) return std::nullopt;
    }
    if (column == 0) return std::nullopt;
    return column - 1;
}

std::optional<std::size_t> count_from(std::string_view digits) {
    unsigned value = 0;
    const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (wrong != std::errc() || end != digits.data() + digits.size() || value > 0x7FFFFFFFU) {
        return std::nullopt;
    }
    return value;
}

std::string unescape(std::string_view text) {
    std::string plain;
    constexpr std::size_t kLength = 7;  // _xHHHH_
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned unit = 0;
        const std::string_view digits = text.substr(std::min(i + 2, text.size())).substr(0, 4);
        if (text[i] == '_' && i + kLength <= text.size() && text[i + 1] == 'x' &&
            text[i + kLength - 1] == '_' &&
            std::from_chars(digits.data(), digits.data() + 4, unit, 16).ptr == digits.data() + 4) {
            plain += utf8_of(unit);
            i += kLength - 1;
        } else {
            plain += text[i];
        }
    }
    return plain;
}

}  // namespace dossier::tabular
