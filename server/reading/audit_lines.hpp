// Lines of the audit, as far as the asker reads it; reading it is noted as "audit" in it.
#pragma once

#include <optional>

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Whether the asker reads all of a line; false = that something happened, not to whom or why.
/// Errors: access.denied, access.purpose_needed.
Result<bool> reads_whole_audit(Office& office, const Asker& asker);
/// Who has any business with the audit knows what was erased: identities alone.
/// Errors: access.denied.
Result<std::vector<ErasedRow>> erased_records(Office& office, const Asker& asker);

/// Whether a line is about a laptop: which one it was stands for an administrator, too.
bool is_of_device(const AuditLine& line);

struct AuditLines {
    std::vector<AuditLine> lines;
    bool whole = false;  ///< else user, record, fields, purpose, detail and hash are left out, and
                         ///< the device where the line is not about one
};
/// At most `limit` lines after `after`; nullopt = the last ones.
/// Errors: those of reads_whole_audit.
Result<AuditLines> read_audit(Office& office,
                              const Asker& asker,
                              std::optional<std::uint64_t> after,
                              std::uint64_t limit);

}  // namespace dossier::server
