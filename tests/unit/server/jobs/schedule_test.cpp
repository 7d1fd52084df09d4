#include "server/jobs/schedule.hpp"

#include <doctest/doctest.h>

#include "tests/support/values.hpp"

namespace dossier::test {
namespace {

using server::DailyAt;
using server::EveryMinutes;
using server::QuarterlyOn;

/// The next time in words; asked long after `last`, unless `now` says otherwise.
std::string next(const server::Schedule& schedule,
                 std::string_view last,
                 std::string_view now = "2099-01-01 00:00") {
    return office_minute(server::next_run(schedule, at(last), at(now)));
}

}  // namespace

TEST_SUITE("server/jobs/schedule") {
    TEST_CASE("a daily time is one of office time, and never the time of the last run itself") {
        const DailyAt nightly{2, 30};
        CHECK(next(nightly, "2026-03-02 02:29") == "2026-03-02 02:30");
        CHECK(next(nightly, "2026-03-02 02:30") == "2026-03-03 02:30");
        CHECK(next(nightly, "2026-03-02 23:59") == "2026-03-03 02:30");
        CHECK(next(nightly, "2026-02-28 10:00") == "2026-03-01 02:30");
        CHECK(next(nightly, "2028-02-28 10:00") == "2028-02-29 02:30");
        // The day of office time, where UTC has another.
        CHECK(next(DailyAt{23, 0}, "2026-03-02 07:00") == "2026-03-02 23:00");
        CHECK(next(DailyAt{7, 0}, "2026-03-02 07:30") == "2026-03-03 07:00");
    }
    TEST_CASE("a quarterly time is a day of its quarter, counted from its first") {
        const QuarterlyOn tenth{10, 9, 0};
        CHECK(next(tenth, "2026-01-01 00:00") == "2026-01-10 09:00");
        CHECK(next(tenth, "2026-01-10 09:00") == "2026-04-10 09:00");
        CHECK(next(tenth, "2026-12-31 23:59") == "2027-01-10 09:00");
        CHECK(next(QuarterlyOn{1, 0, 0}, "2026-03-31 23:59") == "2026-04-01 00:00");
        CHECK(next(QuarterlyOn{60, 0, 0}, "2026-01-01 00:00") == "2026-03-01 00:00");
        CHECK(next(QuarterlyOn{60, 0, 0}, "2028-01-01 00:00") == "2028-02-29 00:00");
        CHECK(next(QuarterlyOn{90, 8, 0}, "2026-11-01 00:00") == "2026-12-29 08:00");
    }
    TEST_CASE("every so many minutes counts from the start of the last run") {
        CHECK(next(EveryMinutes{1}, "2026-03-02 10:00") == "2026-03-02 10:01");
        CHECK(next(EveryMinutes{90}, "2026-03-02 23:00") == "2026-03-03 00:30");
    }
    TEST_CASE("a last run that lies ahead of now says nothing: the job is due") {
        for (const server::Schedule& each :
             {server::Schedule{EveryMinutes{5}}, server::Schedule{DailyAt{2, 30}},
              server::Schedule{QuarterlyOn{10, 9, 0}}})
            CHECK(next(each, "2030-01-01 00:00", "2026-03-02 10:00") == "2026-03-02 10:00");
    }
    TEST_CASE("a schedule is told in both languages") {
        CHECK(server::schedule_words(DailyAt{2, 5}, Lang::En) == "daily at 02:05");
        CHECK(server::schedule_words(DailyAt{2, 5}, Lang::Zh) == "每天 02:05");
        CHECK(server::schedule_words(EveryMinutes{1}, Lang::En) == "every minute");
        CHECK(server::schedule_words(EveryMinutes{15}, Lang::Zh) == "每 15 分钟");
        CHECK(server::schedule_words(QuarterlyOn{10, 9, 0}, Lang::En) ==
              "on day 10 of each quarter at 09:00");
    }
}

}  // namespace dossier::test
