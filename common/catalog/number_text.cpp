#include "common/catalog/number_text.hpp"

namespace dossier::catalog {
namespace {

bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

/// The digits of `text` as a negative number (its range is the larger one), and how many of them
/// follow the point.
struct Digits {
    std::int64_t negative = 0;
    int fraction = 0;
};

std::optional<Digits> digits_of(std::string_view text) {
    Digits digits;
    bool any = false;
    bool point = false;
    for (const char c : text) {
        if (c == ',' && any && !point) continue;
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        any = true;
        if (point) ++digits.fraction;
        if (__builtin_mul_overflow(digits.negative, 10, &digits.negative) ||
            __builtin_sub_overflow(digits.negative, c - '0', &digits.negative)) {
            return std::nullopt;
        }
    }
    return any ? std::optional(digits) : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> number_from(std::string_view text, int decimals) {
    const bool minus = text.starts_with('-');
    if (minus || text.starts_with('+')) text.remove_prefix(1);
    int power = decimals;
    if (take_suffix(text, "万")) power += 4;
    if (take_suffix(text, "亿")) power += 8;
    while (text.ends_with(' ')) text.remove_suffix(1);
    const auto digits = digits_of(text);
    if (!digits) return std::nullopt;
    std::int64_t value = digits->negative;
    for (power -= digits->fraction; power > 0; --power) {
        if (__builtin_mul_overflow(value, 10, &value)) return std::nullopt;
    }
    for (; power < 0; ++power) {
        if (value % 10 != 0) return std::nullopt;
        value /= 10;
    }
    if (!minus && __builtin_sub_overflow(0, value, &value)) return std::nullopt;
    return value;
}

std::string number_text(std::int64_t scaled, int decimals) {
    std::string digits = std::to_string(scaled);
    const bool minus = digits[0] == '-';
    if (minus) digits.erase(0, 1);
    const auto fraction = static_cast<std::size_t>(decimals);
    if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
    std::size_t at = digits.size() - fraction;
    if (fraction > 0) digits.insert(at, 1, '.');
    for (; at > 3; at -= 3) digits.insert(at - 3, 1, ',');
    return minus ? '-' + digits : digits;
}

}  // namespace dossier::catalog
