// Two customer files that are one: the merge and its way back, as guards and effects of the table
// in common/workflow/duplicate.hpp. Source: domain WF-12, C-12, C-30.
#pragma once

#include <chrono>

#include "server/intake/desk.hpp"

namespace dossier::server {

struct Hand;

/// How long a merge may be taken back. Source: cfg merge.undo_days.
inline constexpr std::chrono::hours kUndoTime{90 * 24};

/// The customer as the office has it now; without values when there is none.
Target customer_target(const Desk& desk, const RecordId& id);
/// The pair of these two customers, in either order; none when there is none.
RecordId pair_of(Store& store, const RecordId& one, const RecordId& other);

/// A merge is an event of the absorbed customer: `merged_into_id` names the survivor, further
/// fields are values the survivor takes, with what its chooser saw of them as base. Taken back,
/// everything that came with it returns, what was changed since stays.
/// Errors: intake.unknown_record.
Status pick_up_merge(Hand& hand);
/// Errors: merge.removed, intake.settled, intake.merge_cycle.
Status files_remain(const Hand& hand);
/// Errors: intake.merge_open.
Status absorbed_settled(const Hand& hand);
/// Errors: intake.merge_level.
Status second_person(const Hand& hand);
/// Errors: intake.merge_first.
Status merged_first(const Hand& hand);
/// Errors: intake.merge_over.
Status in_time_to_part(const Hand& hand);
/// Errors: intake.stale, merge.unknown_field, those of catalog validation.
Status merge_files(Hand& hand);
Status part_files(Hand& hand);

}  // namespace dossier::server
