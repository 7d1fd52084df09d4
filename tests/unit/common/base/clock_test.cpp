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
    TEST_CASE("days that do not exist are refused") {
        CHECK_FALSE(is_civil_date("2026-02-29"));
        CHECK(is_civil_date("2024-02-29"));
        CHECK_FALSE(is_civil_date("2026-2-03"));
        CHECK_FALSE(civil_date_from("tomorrow").has_value());
        CHECK_FALSE(instant_from("2026-03-02 24:00").has_value());
    }
}
