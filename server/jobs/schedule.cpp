#include "server/jobs/schedule.hpp"

#include <array>
#include <chrono>
#include <cstdio>

#include "common/time/office_time.hpp"

namespace dossier::server {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

sys_days quarter_of(OfficeTime local) {
    const year_month_day date{std::chrono::floor<days>(local)};
    const unsigned month = static_cast<unsigned>(date.month());
    return sys_days(date.year() / std::chrono::month(month - (month - 1) % 3) / 1);
}

OfficeTime first_after(const EveryMinutes& every, OfficeTime last) {
    return last + minutes(every.minutes);
}

OfficeTime first_after(const DailyAt& daily, OfficeTime last) {
    const OfficeTime on_the_day =
        std::chrono::floor<days>(last) + hours(daily.hour) + minutes(daily.minute);
    return on_the_day > last ? on_the_day : on_the_day + days(1);
}

OfficeTime first_after(const QuarterlyOn& quarterly, OfficeTime last) {
    const auto in_quarter = [&](sys_days first) {
        return OfficeTime(first + days(quarterly.day - 1)) + hours(quarterly.hour) +
               minutes(quarterly.minute);
    };
    const sys_days first = quarter_of(last);
    const OfficeTime in_this = in_quarter(first);
    return in_this > last ? in_this : in_quarter(sys_days(year_month_day(first) + months(3)));
}

std::string time_of_day(int hour, int minute) {
    std::array<char, 16> text{};
    const int length = std::snprintf(text.data(), text.size(), "%02d:%02d", hour, minute);
    return {text.data(), static_cast<std::size_t>(length)};
}

std::string words_of(const EveryMinutes& every, Lang lang) {
    if (every.minutes == 1) return std::string(Text{"每分钟", "every minute"}.in(lang));
    return fill(Text{"每 {} 分钟", "every {} minutes"}.in(lang),
                std::array{std::to_string(every.minutes)});
}

std::string words_of(const DailyAt& daily, Lang lang) {
    return fill(Text{"每天 {}", "daily at {}"}.in(lang),
                std::array{time_of_day(daily.hour, daily.minute)});
}

std::string words_of(const QuarterlyOn& quarterly, Lang lang) {
    return fill(
        Text{"每季度第 {} 天 {}", "on day {} of each quarter at {}"}.in(lang),
        std::array{std::to_string(quarterly.day), time_of_day(quarterly.hour, quarterly.minute)});
}

}  // namespace

Instant next_run(const Schedule& schedule, Instant last, Instant now) {
    if (last > now) return now;
    return std::visit(
        [&](const auto& each) { return instant_of(first_after(each, office_time(last))); },
        schedule);
}

std::string schedule_words(const Schedule& schedule, Lang lang) {
    return std::visit([&](const auto& each) { return words_of(each, lang); }, schedule);
}

}  // namespace dossier::server
