// A customer or contact erased for good: every record that hangs on it or is about it, its history,
// cases, held work and contents go from the office, and from each laptop at its next sync. What
// stays is the identity, in a register, so that nothing of it comes back, and the audit: who, when,
// why, with no value. Source: R-262, WF-10 (the three signatures come with it), C-13.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

inline constexpr std::string_view kEraseEvent = "erase";
/// Source of an erasure that a register beside a backup asks for: the record may be gone already.
inline constexpr std::string_view kFromRegister = "register";

/// Carries out an erasure (an event on the record); its reason of at least 4 characters goes to the
/// audit. Only at the office: from a laptop it is an unknown event.
merge::Verdict admit_erase(const Desk& desk, const merge::Op& op);

/// Whether it speaks of an erased record: itself, or one that would hang on it.
bool speaks_of_erased(Store& store, const merge::Op& op);
bool speaks_of_erased(Store& store, const merge::Changeset& changeset);
/// What a refused changeset would have made is as good as erased: what hangs on it follows later.
void remember_made(Store& store, const merge::Changeset& changeset, Instant now);

}  // namespace dossier::server
