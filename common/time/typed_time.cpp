#include "common/time/typed_time.hpp"

#include <algorithm>
#include <array>

#include "common/base/ascii.hpp"

namespace dossier {
namespace {

struct Half {
    std::string_view word;
    HalfDay half;
};
constexpr std::array<Half, 6> kHalves{{{"上午", HalfDay::Am},
                                       {"下午", HalfDay::Pm},
                                       {"AM", HalfDay::Am},
                                       {"PM", HalfDay::Pm},
                                       {"am", HalfDay::Am},
                                       {"pm", HalfDay::Pm}}};

bool is_digits(std::string_view text) {
    return !text.empty() && all_digits(text);
}

int number_of(std::string_view digits) {
    int number = 0;
    for (const char c : digits) number = number * 10 + (c - '0');
    return number;
}

/// "08:00", "0800" or "08" after its sign; nullopt for what is no zone.
std::optional<int> zone_of(std::string_view text, bool west) {
    std::string digits(text);
    if (digits.size() == 5 && digits[2] == ':') digits.erase(2, 1);
    if (!is_digits(digits) || (digits.size() != 2 && digits.size() != 4)) return std::nullopt;
    const int hours = number_of(std::string_view(digits).substr(0, 2));
    const int minutes = digits.size() == 4 ? number_of(std::string_view(digits).substr(2)) : 0;
    if (hours > 14 || minutes > 59) return std::nullopt;
    return (west ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

TypedTime typed_time(std::string_view text) {
    constexpr std::size_t kDateDigits = 8;
    TypedTime typed{std::string(text), HalfDay::None, std::nullopt};
    auto& numbers = typed.numbers;
    if (numbers.size() == kDateDigits && is_digits(numbers)) {
        numbers.insert(6, "-");
        numbers.insert(4, "-");
        return typed;
    }
    for (const auto& [word, half] : kHalves) {
        const auto at = numbers.find(word);
        if (at == std::string::npos) continue;
        numbers.replace(at, word.size(), " ");
        typed.half = half;
        break;
    }
    // A zone follows a time of day; before one a '-' only parts year, month and day.
    const auto sign = numbers.find_last_of("+-");
    const auto colon = numbers.find(':');
    if (sign != std::string::npos && colon != std::string::npos && colon < sign) {
        typed.zone_minutes =
            zone_of(std::string_view(numbers).substr(sign + 1), numbers[sign] == '-');
        if (typed.zone_minutes) numbers.resize(sign);
    }
    return typed;
}

std::optional<int> hour_of_day(int hour, HalfDay half) {
    if (half == HalfDay::None) return hour;
    if (half == HalfDay::Am) return hour > 12 ? std::nullopt : std::optional(hour % 12);
    return hour < 12 ? hour + 12 : hour;
}

}  // namespace dossier
