// An author's last word on a group, against what he left open about it before: his own earlier
// values are never disputed with him; what others wrote stays as it is. Source: domain C-04, WF-17.
#pragma once

#include <optional>

#include "server/intake/matters.hpp"
#include "server/intake/waiting_elements.hpp"

namespace dossier::server {

/// The author of `word` says what needs nobody's decision: what `current` holds, or what held when
/// he began. His open proposals about the group are withdrawn and he is a candidate of its open
/// case no more, or for `current` alone; a case in which nobody is left who says otherwise is
/// settled. What he wrote later than `word` stays. Of a list or set each element counts (C-05):
/// with `step` he is asked about no more than what he added or took away then, and the other
/// elements that waited wait on, over `current`.
void restate_own(const Desk& desk,
                 const Target& target,
                 const merge::Stamp& word,
                 const FieldValues& current,
                 const std::optional<Step>& step = std::nullopt);

/// `contest` as people are asked about it. Of a list or set its author's step is done to the list
/// that holds and to what of his waits in an open proposal or case, so that whoever follows him
/// takes nothing away that he did not; it counts as said when he said the last of it. `base` = what
/// he is taken to have seen.
Contest with_waiting(const Desk& desk, Contest contest, const FieldValues& base, const Step& step);

}  // namespace dossier::server
