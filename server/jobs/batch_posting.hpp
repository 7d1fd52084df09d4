// Batches of imported files that are signed for: posted file by file, beside everybody's work.
// Source: domain WF-01, R-031.
#pragma once

#include <functional>

#include "server/office/office.hpp"

namespace dossier::server {

/// Identities of the batches that are approved and not posted yet.
std::vector<RecordId> batches_to_post(Office& office);
/// Posts the drafts of a batch, each as far as it may be posted, and closes the batch. Inside a
/// unit; `give_way` is called between files. How many were posted.
std::size_t post_batch(Office& office,
                       const RecordId& batch,
                       const std::function<void()>& give_way);

}  // namespace dossier::server
