// When a job is to be run: a value, and the next time it means. All times of day are the office's.
#pragma once

#include <string>
#include <variant>

#include "common/base/text.hpp"
#include "common/time/clock.hpp"

namespace dossier::server {

struct EveryMinutes {
    int minutes = 1;
};
struct DailyAt {
    int hour = 0;
    int minute = 0;
};
/// On a day of each quarter, 1 = its first; a quarter has 90 days at least.
struct QuarterlyOn {
    int day = 1;
    int hour = 0;
    int minute = 0;
};
using Schedule = std::variant<EveryMinutes, DailyAt, QuarterlyOn>;

/// The first time of `schedule` after `last`, the start of the last run (or since when the job is
/// known). It may have passed: whoever slept over several times runs once. `now` when `last` lies
/// ahead of it, for then the clock was put back and no time after `last` would come soon.
Instant next_run(const Schedule& schedule, Instant last, Instant now);

/// "每天 02:30", "daily at 02:30".
std::string schedule_words(const Schedule& schedule, Lang lang);

}  // namespace dossier::server
