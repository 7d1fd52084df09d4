#include "common/rules/inspection.hpp"

#include "common/catalog/states.hpp"

namespace dossier::rules {
namespace {

/// 0 … 9,999 by the random end of the identity. Source: RFC 9562 5.7, `rand_b`.
std::int64_t number_of(const RecordId& lot) {
    constexpr std::size_t kDrawn = 6;
    constexpr std::int64_t kLots = 10'000;
    std::int64_t drawn = 0;
    for (const auto byte : lot.view().last(kDrawn)) drawn = drawn * 256 + byte;
    return drawn % kLots;
}

}  // namespace

bool is_inspection_waived(std::string_view inspection, std::int64_t share_bp, const RecordId& lot) {
    if (inspection == catalog::Inspection::kOff) return true;
    return inspection == catalog::Inspection::kSampled && number_of(lot) >= share_bp;
}

}  // namespace dossier::rules
