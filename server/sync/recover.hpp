// Work a laptop never sent, brought by the office itself from a copy of its folder: the same
// numbers and chain, the same door. Should the laptop come after all, it is answered by these
// verdicts.
#pragma once

#include "server/accounts/laptop_copy.hpp"
#include "server/sync/session.hpp"

namespace dossier::server {

/// The verdicts of each changeset, in order. Inside the caller's unit of work; an error undoes it.
/// Errors: those of Session::on (sync.fork, sync.gap, sync.device_pending, sync.quota …).
Result<std::vector<protocol::ChangesetVerdict>> bring_unsent(SyncDesk desk, const UnsentWork& work);

}  // namespace dossier::server
