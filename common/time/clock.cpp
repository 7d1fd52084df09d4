#include "common/time/clock.hpp"

#include <array>
#include <cstdio>

#include "common/time/typed_time.hpp"

namespace dossier {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;
using std::chrono::sys_time;
using std::chrono::year_month_day;

struct Parts {
    std::array<int, 7> number{};  // year month day hour minute second millisecond
    std::size_t count = 0;
    bool utc = false;
};

/// Splits at any run of the separators people use; refuses every other character.
std::optional<Parts> parts_of(std::string_view text) {
    Parts parts;
    static constexpr std::string_view kSeparators[] = {"-", "/",  ":",  ".", " ",
                                                       "T", "年", "月", "日"};
    std::size_t at = 0;
    while (at < text.size()) {
        std::size_t digits = 0;
        int number = 0;
        while (at + digits < text.size() && text[at + digits] >= '0' && text[at + digits] <= '9' &&
               digits < 5) {
            number = number * 10 + (text[at + digits] - '0');
            ++digits;
        }
        if (digits == 0 || parts.count == parts.number.size()) return std::nullopt;
        parts.number[parts.count++] = number;
        at += digits;
        while (at < text.size() && (text[at] < '0' || text[at] > '9')) {
            if (text[at] == 'Z' && at + 1 == text.size()) {
                parts.utc = true;
                ++at;
                continue;
            }
            std::size_t matched = 0;
            for (const auto separator : kSeparators) {
                if (text.substr(at).starts_with(separator)) matched = separator.size();
            }
            if (matched == 0) return std::nullopt;
            at += matched;
        }
    }
    return parts;
}

std::optional<sys_days> date_of(const Parts& parts) {
    if (parts.count < 3 || parts.number[0] < 1 || parts.number[0] > 9999) return std::nullopt;
    const year_month_day date{std::chrono::year(parts.number[0]),
                              std::chrono::month(static_cast<unsigned>(parts.number[1])),
                              std::chrono::day(static_cast<unsigned>(parts.number[2]))};
    if (!date.ok()) return std::nullopt;
    return sys_days(date);
}

struct Broken {
    int year;
    unsigned month;
    unsigned day;
    int hour;
    int minute;
    int second;
    int ms;
};

Broken broken(std::int64_t ms) {
    const sys_time<milliseconds> at{milliseconds(ms)};
    const auto day = std::chrono::floor<days>(at);
    const year_month_day date{day};
    const auto rest = static_cast<int>((at - day).count());
    return {static_cast<int>(date.year()),
            static_cast<unsigned>(date.month()),
            static_cast<unsigned>(date.day()),
            rest / 3'600'000,
            rest / 60'000 % 60,
            rest / 1000 % 60,
            rest % 1000};
}

template <class... Args>
std::string printed(const char* format, Args... args) {
    std::array<char, 64> line{};
    const int length = std::snprintf(line.data(), line.size(), format, args...);
    return {line.data(), static_cast<std::size_t>(length)};
}

std::int64_t office_ms(Instant instant) {
    return instant.ms + milliseconds(kOfficeOffset).count();
}

}  // namespace

Instant SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return {std::chrono::duration_cast<milliseconds>(since).count()};
}

std::int64_t SystemClock::ticks_ms() const {
    const auto since = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<milliseconds>(since).count();
}

std::string office_date(Instant instant) {
    const auto b = broken(office_ms(instant));
    return printed("%04d-%02u-%02u", b.year, b.month, b.day);
}

std::string office_minute(Instant instant) {
    const auto b = broken(office_ms(instant));
    return printed("%04d-%02u-%02u %02d:%02d", b.year, b.month, b.day, b.hour, b.minute);
}

std::string iso_utc(Instant instant) {
    const auto b = broken(instant.ms);
    return printed("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", b.year, b.month, b.day, b.hour, b.minute,
                   b.second, b.ms);
}

bool is_civil_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const auto parts = parts_of(text);
    return parts && parts->count == 3 && !parts->utc && date_of(*parts).has_value();
}

std::optional<Instant> instant_from(std::string_view text) {
    const TypedTime typed = typed_time(text);
    const auto parts = parts_of(typed.numbers);
    if (!parts) return std::nullopt;
    const auto date = date_of(*parts);
    if (!date || parts->count == 4) return std::nullopt;
    const auto& n = parts->number;
    const auto hour = hour_of_day(n[3], typed.half);
    if (!hour || *hour > 23 || n[4] > 59 || n[5] > 59 || n[6] > 999) return std::nullopt;
    if (parts->utc && typed.zone_minutes) return std::nullopt;
    std::int64_t ms = std::chrono::duration_cast<milliseconds>(date->time_since_epoch()).count();
    ms += ((*hour * 60LL + n[4]) * 60 + n[5]) * 1000 + n[6];
    const auto office = static_cast<int>(kOfficeOffset.count());
    const int zone = parts->utc ? 0 : typed.zone_minutes.value_or(office);
    return Instant{ms - zone * 60'000LL};
}

std::optional<std::string> civil_date_from(std::string_view text) {
    const TypedTime typed = typed_time(text);
    const auto parts = parts_of(typed.numbers);
    if (!parts || !date_of(*parts)) return std::nullopt;
    const auto& n = parts->number;
    if (parts->count != 3) {
        // Midnight is how a spreadsheet writes a date that stands in a column of times.
        const auto instant = instant_from(text);
        if (!instant || office_ms(*instant) % milliseconds(days(1)).count() != 0)
            return std::nullopt;
        return office_date(*instant);
    }
    return printed("%04d-%02d-%02d", n[0], n[1], n[2]);
}

}  // namespace dossier
