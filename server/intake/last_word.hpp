// An author's last word on a group, against what he left open about it before: his own earlier
// values are never disputed with him; what others wrote stays as it is. Source: domain C-04, WF-17.
#pragma once

#include <optional>

#include "server/intake/desk.hpp"

namespace dossier::server {

/// The author of `word` says what needs nobody's decision: what `current` holds, or what held when
/// he began. His open proposals about the group are withdrawn and he is a candidate of its open
/// case no more, or for `current` alone; a case in which nobody is left who says otherwise is
/// settled. What he wrote later than `word` stays. Of a list or set each element counts (C-05):
/// with `step` he is asked about no more than what he added or took away now, and the elements that
/// waited before wait on, over `current`.
struct Step {
    const FieldValues& seen;  ///< what his laptop showed him
    const FieldValues& said;  ///< what he made of it
};
void restate_own(const Desk& desk,
                 const Target& target,
                 const merge::Stamp& word,
                 const FieldValues& current,
                 const std::optional<Step>& step = std::nullopt);

/// The elements of a list or set that its author added or took away, that wait for people in an
/// open proposal or case, laid over `step.seen`, and what he says now over them. `at` = when he
/// said the last of them. nullopt when nothing of his waits or the group holds no elements.
struct Waiting {
    FieldValues value;
    Instant at;
};
std::optional<Waiting> with_waiting(const Desk& desk,
                                    const Target& target,
                                    const UserId& author,
                                    const FieldValues& base,
                                    const Step& step);

/// Where others proposed the same as this open proposal, it is the last one's from now on. False
/// when it was its author's alone.
bool hand_over(const Desk& desk, const Target& target, FieldValues& proposal);

}  // namespace dossier::server
