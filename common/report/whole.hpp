// Shares, ratios and scores in whole numbers: no report has a fraction that a machine rounded.
// Source: domain 0.3 and 5.1.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace dossier::report {

/// A whole in basis points.
inline constexpr std::int64_t kWhole = 10'000;

/// kWhole · part / all, half rounded up. 0 ≤ part ≤ all ≤ 9 · 10¹⁴. Nullopt where there is nothing
/// to divide by.
std::optional<std::int64_t> ratio(std::int64_t part, std::int64_t all);

/// What each amount is of their sum, in basis points that add up to kWhole: everybody gets the
/// whole points of his share, and what is left goes to the largest remainders, earlier ones first.
/// Empty where the sum is not above 0. Amounts between -10¹⁴ and 10¹⁴; one below 0 (returns) has a
/// share below 0.
std::vector<std::int64_t> shares(std::span<const std::int64_t> amounts);

/// One part of a score: so many of so many, which weighs so much. 0 ≤ good ≤ of < 2³¹,
/// 0 < weight ≤ 1000.
struct Part {
    std::int64_t weight = 0;
    std::int64_t good = 0;
    std::int64_t of = 0;
};
/// 100 · Σ weight · good/of ÷ Σ weight in tenths (0 … 1000), half rounded up, exactly. A part of
/// nothing drops out, its weight with it; nullopt where none is left.
std::optional<std::int64_t> score_tenths(std::span<const Part> parts);

}  // namespace dossier::report
