// A long run of an office and four laptops under faults: what their programs hold is measured at
// rest, every half hour of virtual time, and may not grow once they are warm (I13).
#pragma once

#include <cstdint>
#include <string>

namespace dossier::sim {

/// Prints the figures; `told`: every step and message too. Empty, or what grew.
std::string growth_in(std::uint64_t seed, std::uint32_t hours, bool told);

}  // namespace dossier::sim
