// A record one person removes and another edits, neither aware of the other: the edit holds, the
// record stays, and a case names both, whoever came first. What somebody decided at the office to
// remove stays removed, with such a case. Source: domain C-23.
#pragma once

#include <vector>

#include "server/intake/admission.hpp"
#include "server/intake/candidates.hpp"

namespace dossier::server {

/// What others wrote to the record without the remover's having seen it: one candidate a person,
/// of values as secret as the removal itself at most.
std::vector<Candidate> unseen_edits(const Desk& desk, const merge::Op& removal, const Place& place);

/// Whether its author wrote to the record later than this removal, on another laptop of his.
bool wrote_later(const Desk& desk, const merge::Op& removal);

/// The removal that holds of a record with these values; nullopt when it is not removed.
std::optional<JournalEntry> removal_of(Store& store,
                                       const RecordId& record,
                                       const FieldValues& values);

/// After an edit of a laptop was taken in for a record that `removal` had taken away: gives the
/// record back and opens the case. The verdict, which names it.
merge::Verdict dispute_removal(const Desk& desk,
                               const merge::Op& edit,
                               const catalog::Kind& kind,
                               const JournalEntry& removal,
                               merge::Verdict verdict);

}  // namespace dossier::server
