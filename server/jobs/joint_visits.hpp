// One visit that two colleagues recorded: both records stay, the later one names the other. Source:
// C-07.
#pragma once

#include <chrono>

#include "server/office/office.hpp"

namespace dossier::server {

/// Visits whose times are no further apart may be one.
inline constexpr std::chrono::minutes kJointWithin{30};
/// How far back visits are looked at: what comes later than that from a laptop stays apart.
inline constexpr std::chrono::hours kJointSince{30 * 24};

/// Links the visits and meetings of the last weeks that are one: of the same customer, by two
/// people, at one time, with somebody who was at both. Inside a unit. How many were linked.
std::size_t link_joint_visits(Office& office);

}  // namespace dossier::server
