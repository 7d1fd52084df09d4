// Noninterference: what one laptop is told does not depend on what it may not see.
#pragma once

#include <cstdint>
#include <string>

#include "tests/sim/history.hpp"

namespace dossier::sim {

/// Runs one seed two times, the second time with work of others and secrets of the office added
/// that the observed laptop may not see. The first thing of which it was told differently; empty
/// when there is none.
std::string pair_difference(std::uint64_t seed, Counts& counts);

}  // namespace dossier::sim
