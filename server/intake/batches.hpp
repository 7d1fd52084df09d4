// Files loaded as one batch, as guards and effects of the table in
// common/workflow/import_batch.hpp. Source: domain WF-01, R-031.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Errors: intake.empty_batch.
Status batch_filled(const Hand& hand);
/// A file that waits with its batch is not written to meanwhile. `file` = its values. Errors:
/// intake.in_batch.
Status check_batch_over(Store& store, const FieldValues& file);
/// A file of a batch is posted with it, not alone: alone what was held up. Errors:
/// intake.in_batch.
Status posted_with_batch(const Hand& hand);
/// Keeps how many files the batch has, how many of them are posted and how many are not.
Status count_batch(Hand& hand);

}  // namespace dossier::server
