// Between opening the store and running a command: what may be done while nothing may be shown.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

/// Remembers the time that has passed and finds out what the command may do (`Context::lock`).
/// Errors: client.lease_over, client.clock_back, client.suspended, client.revoked, client.wiped.
Status pass_gate(Context& context);
/// Why nothing may be shown, with what can be done all the same. Not for Lock::Open.
Error reason_of(Store& store, Lock lock);

}  // namespace dossier::client
