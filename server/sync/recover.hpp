// Work a laptop never sent, brought by the office itself from a copy of its folder: the same
// numbers and chain, the same door. Should the laptop come after all, it is answered by these
// verdicts. A copy that branched off goes on as a history of its own, as the laptop would.
#pragma once

#include "server/accounts/laptop_copy.hpp"
#include "server/sync/session.hpp"

namespace dossier::server {

struct Recovered {
    std::vector<protocol::ChangesetVerdict> verdicts;  ///< of each changeset, in order
    bool branched = false;       ///< it had branched off; an audit line `fork` tells from where
    std::uint64_t contents = 0;  ///< of attachments, whole at the office now
    std::uint64_t contents_left = 0;  ///< not taken, or too much for one day
};

/// Inside the caller's unit of work; an error undoes it.
/// Errors: those of Session::on (sync.gap, sync.device_pending, sync.quota …).
Result<Recovered> bring_unsent(SyncDesk desk, LaptopCopy& copy);

}  // namespace dossier::server
