// Which fields somebody may have meant who named one that is not there.
#pragma once

#include <string>
#include <string_view>

#include "common/catalog/catalog.hpp"

namespace dossier::catalog {

/// "fax(传真/Fax), …": the few fields of the kind that are most alike what was typed; the first of
/// its lists where none is. An argument of faults: each shell shows its own half of the labels.
std::string close_fields(const Kind& kind, std::string_view typed);

}  // namespace dossier::catalog
