// Which new files an inspector verifies before they are posted. Pure. Source: D-02.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/base/ids.hpp"

namespace dossier::rules {

/// Whether a file of a region that inspects so ("all", "sampled", "off"; anything else = all) goes
/// to the clerk without an inspection. `share_bp` of a region that samples: basis points inspected,
/// those whose lot lies below it.
bool is_inspection_waived(std::string_view inspection, std::int64_t share_bp, std::int64_t lot);

/// A lot, 0 … 9,999, by the random end of an identity that nobody knew before: whoever names the
/// file cannot choose. Source: RFC 9562 5.7, `rand_b`.
std::int64_t drawn_lot(const RecordId& fresh);

}  // namespace dossier::rules
