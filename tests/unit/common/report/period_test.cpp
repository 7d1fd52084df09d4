// Periods as people write them, in the days of the office.
#include "common/report/period.hpp"

#include <doctest/doctest.h>

using namespace dossier;
using namespace dossier::report;

namespace {

Period read(std::string_view text) {
    const auto period = period_from(text);
    REQUIRE(period.has_value());
    return *period;
}
Period days_of(std::string_view first, std::string_view last) {
    return {*day_from(first), *day_from(last)};
}

}  // namespace

TEST_SUITE("common/report/period") {
    TEST_CASE("a period is read with both its ends") {
        CHECK(read("2026") == days_of("2026-01-01", "2026-12-31"));
        CHECK(read("2026Q1") == days_of("2026-01-01", "2026-03-31"));
        CHECK(read("2026q4") == days_of("2026-10-01", "2026-12-31"));
        CHECK(read("2026-02") == days_of("2026-02-01", "2026-02-28"));
        CHECK(read("2028-02") == days_of("2028-02-01", "2028-02-29"));
        CHECK(read("2026-03-09") == days_of("2026-03-09", "2026-03-09"));
    }

    TEST_CASE("what is no period is refused, with what was written") {
        for (const auto* text : {"", "2026Q5", "2026Q0", "2026-13", "2026-02-30", "26", "Q1",
                                 "2026年", "2026-3", "0000", " 2026", "2026Q1 "}) {
            const auto period = period_from(text);
            REQUIRE_FALSE(period.has_value());
            CHECK(period.error().is(kUnknownPeriod));
            CHECK(period.error().args.front() == text);
        }
    }

    TEST_CASE("a standard period is written as it was read, and holds the day it lies around") {
        for (const auto* text : {"2026", "2026Q2", "2026-11", "2026-03-09"})
            CHECK(to_text(read(text)) == text);
        CHECK(to_text(days_of("2026-03-02", "2026-03-08")) == "2026-03-02–2026-03-08");
        for (int day = 0; day < 800; ++day) {
            const Day at = *day_from("2027-11-30") + std::chrono::days(day);
            for (const auto grain :
                 {Grain::Daily, Grain::Monthly, Grain::Quarterly, Grain::Yearly}) {
                const Period around = period_around(at, grain);
                CHECK(around.holds(at));
                CHECK(read(to_text(around)) == around);
            }
        }
    }

    TEST_CASE("a day of the office begins and ends at its midnight, wherever the machine stands") {
        const Day day = *day_from("2026-03-09");
        CHECK(day_of(*instant_from("2026-03-09 00:00")) == day);
        CHECK(day_of(*instant_from("2026-03-08T16:00:00Z")) == day);
        CHECK(day_of(last_moment(day)) == day);
        CHECK(last_moment(day).ms + 1 == instant_from("2026-03-10 00:00")->ms);
    }
}
