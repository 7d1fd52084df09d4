// Steps of workflows that the office takes by itself on the day a field of the record says.
// Source: domain 4, "deadlines are checked by a server job every 5 minutes".
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

struct DueSteps {
    std::size_t taken = 0;
    std::size_t refused = 0;  ///< their day has come, but a guard holds them up
};
/// Takes each step whose row names a day (`workflow::Step::on_day`) that has come. Inside a unit.
DueSteps take_due_steps(Office& office);

}  // namespace dossier::server
