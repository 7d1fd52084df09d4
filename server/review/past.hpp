// What somebody could see and do at an earlier time, by the rules of today over the journal of that
// time: roles, grants, places and ownership as they had been received by then.
#pragma once

#include <functional>

#include "server/office/office.hpp"

namespace dossier::server {

/// A record as the office held it at `at`, from its journal; nothing when it was not there yet.
/// Derived: the journal keeps what was asked for, so fields a job computed are those of today.
std::optional<FieldValues> values_at(Store& store, const RecordId& record, Instant at);

/// Calls `look` while users, roles, regions, departments and grants are what they were at `at`.
/// Nothing of it is kept: inside the caller's unit everything is as before when it returns.
void in_the_past(Office& office, Instant at, const std::function<void()>& look);

}  // namespace dossier::server
