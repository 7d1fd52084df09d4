// RP-12: every customer has one status on every day. Source: domain 5 RP-12.
#include "common/rules/relation.hpp"

#include <doctest/doctest.h>

using namespace dossier::rules;

TEST_SUITE("rules/relation") {
    TEST_CASE("who bought within a year or has a contract cooperates, to the last day of it") {
        const Dealings bought{.last_purchase = "2025-03-10"};
        CHECK(relation_on(bought, "2026-03-10", {}).status == "cooperating");
        CHECK(relation_on(bought, "2026-03-11", {}).status == "lost");
        CHECK(relation_on({.has_contract = true}, "2026-03-11", {}).status == "cooperating");
        CHECK(relation_on({.last_purchase = "2020-01-01", .has_contract = true}, "2026-03-11", {})
                  .status == "cooperating");
    }
    TEST_CASE("a customer is lost since the later of a year after his purchase and his contract") {
        const Dealings gone{.last_purchase = "2025-03-10", .last_contract_end = "2026-06-30"};
        CHECK(relation_on(gone, "2026-07-01", {}).lost_on == "2026-06-30");
        CHECK(relation_on({.last_purchase = "2025-03-10"}, "2026-07-01", {}).lost_on ==
              "2026-03-10");
    }
    TEST_CASE("who never bought is followed up for half a year after a talk, else potential") {
        CHECK(relation_on({.last_talk = "2026-01-01"}, "2026-06-30", {}).status == "followed");
        CHECK(relation_on({.last_talk = "2026-01-01"}, "2026-07-01", {}).status == "potential");
        CHECK(relation_on({}, "2026-07-01", {}).status == "potential");
        // Who bought is never one who was only spoken to.
        CHECK(relation_on({.last_purchase = "2020-01-01", .last_talk = "2026-06-30"}, "2026-07-01",
                          {})
                  .status == "lost");
    }
    TEST_CASE("a status set by hand holds until its day, and no longer") {
        const Dealings by_hand{
            .set_by_hand = "lost", .by_hand_until = "2026-06-30", .last_purchase = "2026-03-01"};
        CHECK(relation_on(by_hand, "2026-06-30", {}).status == "lost");
        CHECK(relation_on(by_hand, "2026-07-01", {}).status == "cooperating");
    }
    TEST_CASE("the company's own terms count") {
        const RelationTerms short_terms{.coop_days = 30, .follow_days = 10};
        CHECK(relation_on({.last_purchase = "2026-03-01"}, "2026-04-01", short_terms).status ==
              "lost");
        CHECK(relation_on({.last_talk = "2026-03-01"}, "2026-03-11", short_terms).status ==
              "followed");
    }
    TEST_CASE("days are counted over months and leap years, and no day is none") {
        CHECK(day_after("2024-02-28", 1) == "2024-02-29");
        CHECK(day_after("2025-12-31", 1) == "2026-01-01");
        CHECK_FALSE(day_after("2025-02-30", 1).has_value());
        CHECK_FALSE(day_after("heute", 1).has_value());
    }
}
