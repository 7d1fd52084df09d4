// The effect of one Set whose author's right and values are known: judged, written, contested or
// kept as a proposal.
#pragma once

#include "common/access/decide.hpp"

#include "server/intake/admission.hpp"

namespace dossier::server {

/// What the author may do with the group: the strictest answer of its fields.
struct Right {
    access::Answer answer = access::Answer::Deny;
    int rank = 0;
    bool late = false;
    bool reads = true;     ///< may look at the group's values today
    bool decides = false;  ///< he looked at the current value to decide: no policy applies
};

merge::Verdict carry_out_set(const Desk& desk,
                             const merge::Op& op,
                             const Target& target,
                             const Right& right,
                             FieldValues values);

}  // namespace dossier::server
