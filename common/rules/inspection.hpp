// Which new files an inspector verifies before they are posted. Pure. Source: D-02.
#pragma once

#include <cstdint>
#include <string_view>

#include "common/base/ids.hpp"

namespace dossier::rules {

/// Whether a file of a region that inspects so ("all", "sampled", "off"; anything else = all) goes
/// to the clerk without an inspection. A sample is drawn by `lot`, an identity made for this and
/// known to nobody before: whoever names the file cannot choose. `share_bp` of a region that
/// samples: basis points inspected.
bool is_inspection_waived(std::string_view inspection, std::int64_t share_bp, const RecordId& lot);

}  // namespace dossier::rules
