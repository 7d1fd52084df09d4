// An author's last word on a group, against what he left open about it before: his own earlier
// values are never disputed with him; what others wrote stays as it is. Source: domain C-04, WF-17.
#pragma once

#include <optional>

#include "server/intake/desk.hpp"

namespace dossier::server {

/// The author of `word` says what needs nobody's decision: what `current` holds, or what held when
/// he began. His open proposals about the group are withdrawn and he is a candidate of its open
/// case no more, or for `current` alone; a case in which nobody is left who says otherwise is
/// settled. What he wrote later than `word` stays.
void restate_own(const Desk& desk,
                 const Target& target,
                 const merge::Stamp& word,
                 const FieldValues& current);

/// What he proposes for the group and nobody has decided; nullopt when there is nothing.
std::optional<FieldValues> own_proposal(const Desk& desk, const Target& target, const UserId& of);

/// Where others proposed the same as this open proposal, it is the last one's from now on. False
/// when it was its author's alone.
bool hand_over(const Desk& desk, const Target& target, FieldValues& proposal);

}  // namespace dossier::server
