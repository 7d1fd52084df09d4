// The one door by which the office's data changes: a laptop's upload, an administrator's edit, a
// ruling, an import, a job. It checks rights, judges, and writes records, journal, cases, scopes,
// audit and verdicts in the caller's unit of work. Source: architecture 4 "One door".
#pragma once

#include "common/crypto/random.hpp"
#include "common/merge/op.hpp"
#include "common/merge/stamp.hpp"

#include "server/accounts/people.hpp"
#include "server/store/store.hpp"

namespace dossier::server {

/// Who brings a changeset, and when by corrected time.
struct Bearer {
    UserId user;  ///< proven by the channel or by the office's own door, not by the changeset
    DeviceId device;
    std::uint64_t oseq = 0;  ///< 0 = did not come from a laptop
    Instant at;              ///< corrected and bounded event time
    Instant now;             ///< the office's time
};

class Intake {
  public:
    Intake(Store& store, People& people, crypto::Ids& ids)
        : store_(store), people_(people), ids_(ids) {}

    /// One verdict an op, in order. Whole or not at all: when one op is refused, nothing of the
    /// changeset takes effect and the other ops are refused with intake.sibling. Never throws for
    /// input. Exactly-once is the caller's (session) or the author's (office) business.
    std::vector<merge::Verdict> admit(const Bearer& bearer, const merge::Changeset& changeset);

  private:
    Store& store_;
    People& people_;
    crypto::Ids& ids_;
};

}  // namespace dossier::server
