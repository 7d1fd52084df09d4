// Rights that are about no single value: who keeps the machines, who reads the book of syncs, who
// may post a file. Each is asked here whoever wants to know, so that no shell has a rule of its
// own.
#pragma once

#include "server/reading/asker.hpp"

namespace dossier::server {

/// The actor may administer; the office itself always. Errors: access.denied.
Status may_administer(Office& office, const UserId& actor);
/// Copies of all data are made by who administers; asked and refused alike, it is noted as
/// "backup". Errors: access.denied.
Status may_back_up(Office& office, const Asker& asker);
/// Whether the asker may verify the record as it would stand, so that what he enters is in force at
/// once. `values` are those it would have.
bool may_verify(Office& office, const Asker& asker, const Place& place, const FieldValues& values);

}  // namespace dossier::server
