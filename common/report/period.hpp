// The days a report is about, in office time, and the last moment of what was to be done by a day.
// Source: domain 0.3, 5.1.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/time/office_time.hpp"

namespace dossier::report {

inline constexpr Fault kUnknownPeriod{
    "report.period",
    ErrorCode::Usage,
    {"期间“{}”看不懂", "'{}' is no period"},
    {"写 2026-03（月）、2026Q1（季度）、2026（年）或 2026-03-09（日）",
     "write 2026-03 for a month, 2026Q1 for a quarter, 2026 for a year, 2026-03-09 for a day"}};

/// A day of the office's calendar.
using Day = std::chrono::sys_days;

Day day_of(Instant instant);
/// "YYYY-MM-DD". Errors: nullopt for anything else.
std::optional<Day> day_from(std::string_view text);
/// The last moment of a day: it lasts until 24:00 office time.
Instant last_moment(Day day);

/// How long a standard period is.
enum class Grain : std::uint8_t { Daily, Monthly, Quarterly, Yearly };

/// Both days belong to it.
struct Period {
    Day first;
    Day last;

    [[nodiscard]] bool holds(Day day) const { return first <= day && day <= last; }
    bool operator==(const Period&) const = default;
};

/// The standard period a day lies in.
Period period_around(Day day, Grain grain);
/// "2026Q1" as people write it. Errors: report.period.
Result<Period> period_from(std::string_view text);
/// The same text again; "2026-03-02–2026-03-08" for what is no standard period.
std::string to_text(const Period& period);

}  // namespace dossier::report
