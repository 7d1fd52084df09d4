// Several people who propose the same have one proposal: its row names one of them, the journal the
// others. Source: domain WF-17, C-04.
#pragma once

#include <vector>

#include "server/intake/candidates.hpp"
#include "server/intake/desk.hpp"

namespace dossier::server {

/// Everybody else who proposed the same as this open proposal and said nothing else since. Of a
/// list or set each with what of it is his.
std::vector<Candidate> co_proposers(const Desk& desk,
                                    const Target& target,
                                    const FieldValues& proposal);

/// Where others proposed the same as this open proposal, it is the last one's from now on. False
/// when it was its author's alone.
bool hand_over(const Desk& desk, const Target& target, FieldValues& proposal);

}  // namespace dossier::server
