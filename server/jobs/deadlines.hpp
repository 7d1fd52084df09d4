// The one job for all deadlines: who must act is reminded, and when he did not, his superior is
// told. Source: domain 4 "General", architecture 4 `due`.
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

/// How long before its last day a person is reminded of a task.
inline constexpr std::chrono::hours kRemindBefore{2 * 24};

/// Reminds of every open task whose last day is near, once, and tells the assignee's direct
/// superior of every one that is over, once; of a draft that was not submitted in time likewise.
/// The number of notifications made: a second run of the same day makes none. Inside the caller's
/// unit of work.
std::size_t remind_of_deadlines(Office& office);

}  // namespace dossier::server
