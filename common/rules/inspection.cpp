#include "common/rules/inspection.hpp"

#include "common/catalog/states.hpp"

namespace dossier::rules {

bool is_inspection_waived(std::string_view inspection, std::int64_t share_bp, std::int64_t lot) {
    if (inspection == catalog::Inspection::kOff) return true;
    return inspection == catalog::Inspection::kSampled && lot >= share_bp;
}

std::int64_t drawn_lot(const RecordId& fresh) {
    constexpr std::size_t kDrawn = 6;
    constexpr std::int64_t kLots = 10'000;
    std::int64_t drawn = 0;
    for (const auto byte : fresh.view().last(kDrawn)) drawn = drawn * 256 + byte;
    return drawn % kLots;
}

}  // namespace dossier::rules
