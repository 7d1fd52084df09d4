// Numbers as people write them: thousands separators, fractions, 万 and 亿. Exact, no floating
// point.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::catalog {

/// Reads "1,200.50", "-3", "120万", "1.5亿" and scales by 10^decimals: ("1,200.5", 2) = 120050.
/// Errors: nullopt for anything else, more digits than `decimals` keeps, or overflow.
std::optional<std::int64_t> number_from(std::string_view text, int decimals);

/// The inverse for `decimals` > 0, with thousands separators: (120050, 2) = "1,200.50".
std::string number_text(std::int64_t scaled, int decimals);

}  // namespace dossier::catalog
