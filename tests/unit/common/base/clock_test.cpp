#include "common/time/clock.hpp"

#include <doctest/doctest.h>

using namespace dossier;

TEST_SUITE("common/time/clock") {
    TEST_CASE("a date is a date of the office, eight hours ahead of UTC") {
        const auto late = instant_from("2026-03-02T16:30:00Z");
        REQUIRE(late);
        CHECK(office_date(*late) == "2026-03-03");
        CHECK(office_minute(*late) == "2026-03-03 00:30");
        CHECK(iso_utc(*late) == "2026-03-02T16:30:00.000Z");
    }
    TEST_CASE("people may type dates in the usual Chinese and ISO forms") {
        CHECK(civil_date_from("2026年3月2日") == "2026-03-02");
        CHECK(civil_date_from("2026/3/2") == "2026-03-02");
        CHECK(instant_from("2026-03-02 08:00") == instant_from("2026-03-02T00:00:00Z"));
    }
    TEST_CASE("midnight of a spreadsheet, plain digits, halves of the day and zones are read") {
        for (const char* text : {"2019-03-05 00:00:00", "2019/3/5 0:00", "20190305", "2019.3.5",
                                 "2019-3-5 上午12:00", "2019-03-05T00:00:00+08:00"}) {
            CAPTURE(text);
            CHECK(civil_date_from(text) == "2019-03-05");
        }
        const auto morning = instant_from("2024-03-05T00:30:00Z");
        for (const char* text :
             {"2024-03-05 8:30", "2024-03-05T08:30:00+08:00", "2024-03-04T19:30:00-0500",
              "2024-3-5 上午8:30", "2024年3月5日 8:30"}) {
            CAPTURE(text);
            CHECK(instant_from(text) == morning);
        }
        CHECK(instant_from("2024-3-5 下午2:05") == instant_from("2024-03-05 14:05"));
        CHECK(instant_from("2024-03-05 8:30 PM") == instant_from("2024-03-05 20:30"));
        CHECK(instant_from("20240305") == instant_from("2024-03-05 00:00"));
    }
    TEST_CASE("what could be another date, or hides a time, is no date") {
        for (const char* text :
             {"2019年3月", "5/3/2019", "Mar 5 2019", "43529", "45356.354166667", "2019-03-05 08:30",
              "2019-03-05T00:00:00Z", "2019-03-05 下午12:00", "201903051", "2019-13-05"}) {
            CAPTURE(text);
            CHECK_FALSE(civil_date_from(text).has_value());
        }
        CHECK_FALSE(instant_from("2024-03-05 13:05 AM").has_value());
        CHECK_FALSE(instant_from("2024-03-05 08:30+99:00").has_value());
    }
    TEST_CASE("days that do not exist are refused") {
        CHECK_FALSE(is_civil_date("2026-02-29"));
        CHECK(is_civil_date("2024-02-29"));
        CHECK_FALSE(is_civil_date("2026-2-03"));
        CHECK_FALSE(civil_date_from("tomorrow").has_value());
        CHECK_FALSE(instant_from("2026-03-02 24:00").has_value());
    }
}
