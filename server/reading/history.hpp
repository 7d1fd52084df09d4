// The history of one record: every value that came, whether it won, and why.
#pragma once

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Oldest first, with values of the groups the asker may read unmasked and no others; `only`
/// narrows it to one group, null means all. Notes the reading. Errors: those of `read_record`.
Result<std::vector<JournalEntry>> history_of(Office& office,
                                             const Asker& asker,
                                             const Place& place,
                                             const catalog::Field* only);

}  // namespace dossier::server
