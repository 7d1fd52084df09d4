#include "common/report/whole.hpp"

#include <algorithm>
#include <numeric>

#include "common/base/check.hpp"

namespace dossier::report {
namespace {

/// What remains of a division: left/of, below 1.
struct Rest {
    std::int64_t left = 0;
    std::int64_t of = 1;
};

/// Whether these fractions add up to `number` at least. They are compared digit by digit in a base,
/// as in a division on paper. Two sums that differ do so by more than the product of all `of`, so
/// what is undecided after as many digits is equal.
bool reach(std::vector<Rest> rests, std::int64_t number) {
    constexpr std::int64_t kBase = 1 << 16;
    const auto count = static_cast<std::int64_t>(rests.size());
    std::int64_t ahead = -number;
    for (std::int64_t digit = 0; digit < 2 * count + 2; ++digit) {
        if (ahead >= 0 || ahead <= -count) return ahead >= 0;
        ahead *= kBase;
        for (Rest& rest : rests) {
            ahead += rest.left * kBase / rest.of;
            rest.left = rest.left * kBase % rest.of;
        }
    }
    return true;
}

std::int64_t floor_of(std::int64_t number, std::int64_t by) {
    const std::int64_t whole = number / by;
    return number % by < 0 ? whole - 1 : whole;
}

}  // namespace

std::optional<std::int64_t> ratio(std::int64_t part, std::int64_t all) {
    if (all <= 0) return std::nullopt;
    return (2 * kWhole * part / all + 1) / 2;
}

std::vector<std::int64_t> shares(std::span<const std::int64_t> amounts) {
    const std::int64_t sum = std::accumulate(amounts.begin(), amounts.end(), std::int64_t{0});
    if (sum <= 0) return {};
    std::vector<std::int64_t> shares;
    std::vector<std::size_t> order(amounts.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::int64_t left = kWhole;
    for (const std::int64_t amount : amounts) {
        shares.push_back(floor_of(kWhole * amount, sum));
        left -= shares.back();
    }
    const auto remainder = [&](std::size_t at) { return kWhole * amounts[at] - shares[at] * sum; };
    std::ranges::stable_sort(order, std::ranges::greater(), remainder);
    // Fewer are left than there are remainders.
    for (std::size_t at = 0; left > 0; ++at, --left) ++shares[order[at]];
    return shares;
}

std::optional<std::int64_t> score_tenths(std::span<const Part> parts) {
    constexpr std::int64_t kTenths = 1000;
    std::int64_t weights = 0;
    std::int64_t whole = 0;  // of 2 · kTenths · Σ weight · good/of
    std::vector<Rest> rests;
    for (const Part& part : parts) {
        if (part.of == 0) continue;
        DOSSIER_CHECK(0 <= part.good && part.good <= part.of && part.of < (1LL << 31) &&
                      0 < part.weight && part.weight <= kTenths);
        const std::int64_t twice = 2 * kTenths * part.weight * part.good;
        weights += part.weight;
        whole += twice / part.of;
        rests.push_back({twice % part.of, part.of});
    }
    if (weights == 0) return std::nullopt;
    // The greatest number whose half below is reached.
    std::int64_t tenths =
        (whole + static_cast<std::int64_t>(rests.size()) + weights) / (2 * weights);
    while (!reach(rests, (2 * tenths - 1) * weights - whole)) --tenths;
    return tenths;
}

}  // namespace dossier::report
