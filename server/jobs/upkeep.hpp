// What the office does about its files by the calendar: it opens the review tasks of a quarter,
// judges each night how customers stand, and watches the half hour of complaints. Source: WF-02,
// RP-12, R-221.
#pragma once

#include <functional>

#include "server/office/office.hpp"

namespace dossier::server {

/// Opens the tasks of this quarter, and of the next once it is near, for every file in force that
/// was not verified since the quarter began; `give_way` is called between files. Inside a unit. How
/// many were opened: a second run opens none.
std::size_t open_reviews(Office& office, const std::function<void()>& give_way);
/// How many customers stand differently from the night before. Inside a unit.
std::size_t restate_customers(Office& office, const std::function<void()>& give_way);
/// Tells the service managers of complaints without a plan when two thirds of their time are over,
/// and again when all of it is. Inside a unit. How many words were sent.
std::size_t watch_complaints(Office& office);

}  // namespace dossier::server
