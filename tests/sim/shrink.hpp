// A failing plan cut down to what still fails in the same way.
#pragma once

#include <functional>
#include <string>

#include "tests/sim/plan.hpp"

namespace dossier::sim {

/// The law a plan breaks first; empty when it holds.
using Trial = std::function<std::string(const Plan&)>;

/// Fewer laptops, then fewer steps, then fewer faults and a better network, by halves, as long as
/// the same law breaks; at most `runs` trials.
Plan shrunk(Plan plan, const Trial& trial, unsigned runs);

}  // namespace dossier::sim
