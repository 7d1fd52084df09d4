#include "common/report/period.hpp"

#include "common/base/ascii.hpp"

namespace dossier::report {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr unsigned kMonthsOfQuarter = 3;

/// The period of so many months from the first of one on.
Period from_month(year_month month, int count) {
    return {Day{month / 1}, Day{(month + months(count)) / 1} - days(1)};
}

std::string two(unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
}

std::string date_text(Day day) {
    return office_date(last_moment(day));
}

/// Whether the text looks like this, 9 for any digit.
bool is_like(std::string_view text, std::string_view pattern) {
    if (text.size() != pattern.size()) return false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const bool is_small_q = pattern[at] == 'Q' && text[at] == 'q';
        const bool same = pattern[at] == '9' ? is_digit(text[at]) : text[at] == pattern[at];
        if (!same && !is_small_q) return false;
    }
    return true;
}

}  // namespace

Day day_of(Instant instant) {
    return std::chrono::floor<days>(office_time(instant));
}

std::optional<Day> day_from(std::string_view text) {
    if (!is_civil_date(text)) return std::nullopt;
    const auto noon = instant_from(std::string(text) + " 12:00");
    return noon ? std::optional(day_of(*noon)) : std::nullopt;
}

Instant last_moment(Day day) {
    return instant_of(OfficeTime(day + days(1)) - std::chrono::milliseconds(1));
}

Period period_around(Day day, Grain grain) {
    const year_month_day date(day);
    const auto month = static_cast<unsigned>(date.month());
    const unsigned first_of_quarter = month - (month - 1) % kMonthsOfQuarter;
    switch (grain) {
        case Grain::Daily:
            break;
        case Grain::Monthly:
            return from_month(date.year() / date.month(), 1);
        case Grain::Quarterly:
            return from_month(date.year() / std::chrono::month(first_of_quarter), 3);
        case Grain::Yearly:
            return from_month(date.year() / std::chrono::January, 12);
    }
    return {day, day};
}

Result<Period> period_from(std::string_view text) {
    const auto around = [&](const std::string& day, Grain grain) -> Result<Period> {
        const auto first = day_from(day);
        if (!first) return fail(kUnknownPeriod, text);
        return period_around(*first, grain);
    };
    const std::string year(text.substr(0, 4));
    if (is_like(text, "9999")) return around(year + "-01-01", Grain::Yearly);
    if (is_like(text, "9999-99")) return around(std::string(text) + "-01", Grain::Monthly);
    if (is_like(text, "9999-99-99")) return around(std::string(text), Grain::Daily);
    if (is_like(text, "9999Q9") && text.back() != '0') {
        const auto month = static_cast<unsigned>(text.back() - '1') * kMonthsOfQuarter + 1;
        return around(year + "-" + two(month) + "-01", Grain::Quarterly);
    }
    return fail(kUnknownPeriod, text);
}

std::string to_text(const Period& period) {
    const std::string first = date_text(period.first);
    const auto month = static_cast<unsigned>(year_month_day(period.first).month());
    const auto is = [&](Grain grain) { return period == period_around(period.first, grain); };
    if (is(Grain::Daily)) return first;
    if (is(Grain::Monthly)) return first.substr(0, 7);
    if (is(Grain::Quarterly))
        return first.substr(0, 4) + "Q" + std::to_string((month - 1) / kMonthsOfQuarter + 1);
    if (is(Grain::Yearly)) return first.substr(0, 4);
    return first + "–" + date_text(period.last);
}

}  // namespace dossier::report
