// Two customer files that are one: the merge, its way back, and what is decided about a pair that
// looks alike. Source: domain WF-12, C-12, C-30.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// How long a merge may be taken back. Source: cfg merge.undo_days.
inline constexpr std::chrono::hours kUndoTime{90 * 24};

/// Events "merge" and "unmerge" of a customer, "propose", "not_duplicate" and "related" of a pair.
bool is_merge_event(const merge::Op& op);
/// A merge is an event of the absorbed customer: `merged_into_id` names the survivor, further
/// fields are values the survivor takes, with what its chooser saw of them as base. "unmerge" takes
/// it back: everything that came with it returns, what was changed since stays.
/// Errors as verdicts: intake.merge_cycle, intake.merge_open, intake.merge_level,
/// intake.merge_first, intake.merge_over, intake.settled, intake.stale, access.denied.
merge::Verdict admit_merge_event(const Desk& desk, const merge::Op& op);

/// The pair of these two customers, in either order; none when there is none.
RecordId pair_of(Store& store, const RecordId& one, const RecordId& other);

}  // namespace dossier::server
