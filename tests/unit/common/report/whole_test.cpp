// Whole numbers in reports: shares add up, halves go up, and no rounding is done twice.
#include "common/report/whole.hpp"

#include <numeric>

#include <doctest/doctest.h>

#include "tests/support/law.hpp"

using namespace dossier;
using namespace dossier::report;

namespace {

using Numbers = std::vector<std::int64_t>;

/// The score of these parts the long way: over one common denominator.
std::int64_t by_common_denominator(const std::vector<Part>& parts) {
    std::int64_t product = 1;
    std::int64_t weights = 0;
    std::int64_t sum = 0;
    for (const Part& part : parts) product *= part.of;
    for (const Part& part : parts) {
        weights += part.weight;
        sum += part.weight * part.good * (product / part.of);
    }
    return (2 * 1000 * sum + product * weights) / (2 * product * weights);
}

}  // namespace

TEST_SUITE("common/report/whole") {
    TEST_CASE("shares of one whole add up to it, and what is left goes to the largest remainders") {
        CHECK(shares(Numbers{1, 1, 1}) == Numbers{3334, 3333, 3333});
        CHECK(shares(Numbers{2, 1}) == Numbers{6667, 3333});
        CHECK(shares(Numbers{1, 2}) == Numbers{3333, 6667});
        // Gross profit of AS-23.
        CHECK(shares(Numbers{1'900'000, 150'000, 100'000}) == Numbers{8837, 698, 465});
        test::holds([](test::Draw& draw) {
            Numbers amounts{1};
            for (int more = draw.between(0, 9); more > 0; --more)
                amounts.push_back(draw.between(0, 1'000'000));
            const auto parts = shares(amounts);
            const auto sum = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
            RC_ASSERT(std::accumulate(parts.begin(), parts.end(), std::int64_t{0}) == kWhole);
            for (std::size_t at = 0; at < parts.size(); ++at) {
                const auto off = parts[at] * sum - kWhole * amounts[at];
                RC_ASSERT(-sum < off);
                RC_ASSERT(off < sum);
            }
        });
    }

    TEST_CASE("returns above the sales have a share below nothing, and the whole stays the whole") {
        CHECK(shares(Numbers{15'000, -5'000}) == Numbers{15'000, -5'000});
        CHECK(shares(Numbers{4, -1}) == Numbers{13'333, -3'333});
        CHECK(shares(Numbers{5, -1, -1}) == Numbers{16'667, -3'333, -3'334});
    }

    TEST_CASE("where there is nothing to divide by there is no share") {
        CHECK(shares(Numbers{}).empty());
        CHECK(shares(Numbers{0, 0}).empty());
        CHECK(shares(Numbers{1, -1}).empty());
        CHECK_FALSE(ratio(0, 0).has_value());
        CHECK_FALSE(score_tenths({}).has_value());
        CHECK_FALSE(score_tenths(std::vector<Part>{{25, 0, 0}}).has_value());
    }

    TEST_CASE("the half of a basis point goes up") {
        CHECK(ratio(1, 3) == 3333);
        CHECK(ratio(2, 3) == 6667);
        CHECK(ratio(1, 20'000) == 1);
        CHECK(ratio(3, 20'000) == 2);
        CHECK(ratio(1, 20'001) == 0);
        CHECK(ratio(7, 7) == kWhole);
    }

    TEST_CASE("a score is rounded once, at the end, the half upward") {
        CHECK(score_tenths(std::vector<Part>{{25, 3, 4}}) == 750);
        CHECK(score_tenths(std::vector<Part>{{25, 1, 3}}) == 333);
        CHECK(score_tenths(std::vector<Part>{{25, 2, 3}}) == 667);
        CHECK(score_tenths(std::vector<Part>{{25, 1, 2000}}) == 1);  // 0.05
        CHECK(score_tenths(std::vector<Part>{{25, 1, 2001}}) == 0);
        // 1/3 and 2/3 of equal weight are a half; a third more is 50.05 exactly.
        CHECK(score_tenths(std::vector<Part>{{1, 1, 3}, {1, 2, 3}}) == 500);
        CHECK(score_tenths(std::vector<Part>{{1, 1, 3}, {1, 2, 3}, {1, 1003, 2000}}) == 501);
        CHECK(score_tenths(std::vector<Part>{{25, 0, 9}}) == 0);
        CHECK(score_tenths(std::vector<Part>{{25, 9, 9}, {5, 1, 1}}) == 1000);
    }

    TEST_CASE(
        "a score is that of one common denominator, also where none fits a machine's number") {
        test::holds([](test::Draw& draw) {
            std::vector<Part> parts;
            for (int more = draw.between(1, 4); more > 0; --more) {
                const std::int64_t of = draw.between(1, 61);
                parts.push_back({draw.between(1, 31), draw.between(std::int64_t{0}, of + 1), of});
            }
            RC_ASSERT(score_tenths(parts) == by_common_denominator(parts));
        });
        // Seven primes near 2³¹ whose shares are a hair below and above a half.
        std::vector<Part> below;
        std::vector<Part> above;
        for (const std::int64_t prime : {2'147'483'647, 2'147'483'629, 2'147'483'587, 2'147'483'579,
                                         2'147'483'563, 2'147'483'549, 2'147'483'543}) {
            below.push_back({10, prime / 2, prime});
            above.push_back({10, prime / 2 + 1, prime});
        }
        below.push_back({70, 1001, 2000});
        above.push_back({70, 1001, 2000});
        CHECK(score_tenths(below) == 500);  // below 50.025 by seven parts of 2³²
        CHECK(score_tenths(above) == 500);
        below.back() = above.back() = {70, 1002, 2000};
        CHECK(score_tenths(below) == 500);  // below 50.05
        CHECK(score_tenths(above) == 501);
    }
}
