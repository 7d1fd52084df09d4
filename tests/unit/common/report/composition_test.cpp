// RP-06 and RP-19: what is counted, what stands under "others", and that shares add up. Source:
// domain 5.
#include "common/report/composition.hpp"

#include <numeric>

#include <doctest/doctest.h>

#include "common/catalog/canonical.hpp"
#include "common/report/needs.hpp"
#include "common/report/whole.hpp"

using namespace dossier;
using namespace dossier::report;

namespace {

const catalog::Kind& customer = catalog::kCustomer;

Fact fact_of(std::string_view field, Value value, bool is_named = true) {
    Fact fact{.measure = 0, .is_named = is_named};
    fact.values = {{catalog::find_field(customer, field)->tag, std::move(value)}};
    return fact;
}

const Rows& section(const std::vector<Rows>& all, std::string_view key) {
    for (std::size_t at = 0; at < kComposition.sections.size(); ++at) {
        if (kComposition.sections[at].key == key) return all[at];
    }
    FAIL("no such section");
    return all.front();
}

std::int64_t sum(const Rows& rows, std::size_t column) {
    return std::accumulate(rows.begin(), rows.end(), std::int64_t{0},
                           [&](std::int64_t total, const Row& row) {
                               return total + std::get<std::int64_t>(row[column]);
                           });
}

}  // namespace

TEST_SUITE("report/composition") {
    TEST_CASE("each customer is counted once in a way of classing, and shares add up to a whole") {
        std::vector<Fact> facts;
        for (const char* code : {"C27", "C27", "F52", "F52", "F52", "Q84", "C40"})
            facts.push_back(fact_of("industry_code", std::string(code)));
        const auto all = fold_composition(kComposition, facts, {});
        const auto& rows = section(all, "industry_code");
        REQUIRE(rows.size() == 4);
        CHECK(std::get<std::int64_t>(rows.front()[1]) == 3);
        CHECK(std::get<Text>(rows.front()[0]).zh == "零售业");
        CHECK(sum(rows, 1) == 7);
        CHECK(sum(rows, 2) == kWhole);
        // What says nothing of a way of classing is a class of its own there.
        CHECK(sum(section(all, "market"), 1) == 7);
        CHECK(section(all, "market").size() == 1);
    }
    TEST_CASE("who has several roles is counted under each") {
        const auto all = fold_composition(
            kComposition, std::vector{fact_of("party_role", std::string(R"(["buyer","dealer"])"))},
            {});
        CHECK(section(all, "party_role").size() == 2);
    }
    TEST_CASE("whom the asker may not know of is counted, and told apart") {
        const auto all = fold_composition(kComposition,
                                          std::vector{fact_of("grade", std::string("A")),
                                                      fact_of("grade", std::string("B"), false)},
                                          {});
        const auto& rows = section(all, "grade");
        REQUIRE(rows.size() == 2);
        CHECK(std::get<Others>(rows.back()[0]).count == 1);
        CHECK(sum(rows, 2) == kWhole);
    }
    TEST_CASE("no customer gives no row and no share") {
        for (const auto& rows : fold_composition(kComposition, {}, {})) CHECK(rows.empty());
    }
}

TEST_SUITE("report/needs") {
    TEST_CASE("plans are added up by quarter, those one may not know of are only counted") {
        const auto plan = [](const char* day, std::int64_t fen, bool is_named) {
            Fact fact{.measure = 1, .is_named = is_named};
            const auto& kind = catalog::kDemandPlan;
            assign(fact.values, catalog::find_field(kind, "planned_on")->tag, std::string(day));
            assign(fact.values, catalog::find_field(kind, "investment_fen")->tag, fen);
            return fact;
        };
        const auto all =
            fold_needs(kNeeds,
                       std::vector{plan("2026-09-01", 100, true), plan("2026-07-31", 50, false),
                                   plan("2026-12-01", 7, true)},
                       {});
        REQUIRE(all.size() == 3);
        CHECK(all[1].size() == 3);
        CHECK(std::get<Others>(all[1].back()[0]).count == 1);
        REQUIRE(all[2].size() == 2);
        CHECK(std::get<std::string>(all[2][0][0]) == "2026Q3");
        CHECK(std::get<std::int64_t>(all[2][0][2]) == 100);
    }
    TEST_CASE("needs stand oldest first, with their age in days") {
        constexpr std::int64_t kDay = 86'400'000;
        const auto need = [](std::int64_t at) {
            Fact fact{.measure = 0};
            fact.values = {{catalog::kCreatedAt, at}};
            return fact;
        };
        const auto all = fold_needs(kNeeds, std::vector{need(5 * kDay), need(2 * kDay)},
                                    {.at = Instant{7 * kDay}});
        REQUIRE(all[0].size() == 2);
        CHECK(std::get<std::int64_t>(all[0][0][5]) == 5);
        CHECK(std::get<std::int64_t>(all[0][1][5]) == 2);
    }
}
