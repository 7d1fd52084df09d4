// The audit: lines that are only added, each chained to the one before. One noun of the office's
// store.
#pragma once

#include <vector>

#include "server/store/rows.hpp"

namespace dossier::server {

class Audit {
  public:
    virtual ~Audit() = default;

    /// Fills seq, prev and hash.
    virtual void append_audit(AuditLine line) = 0;
    [[nodiscard]] virtual std::vector<AuditLine> audit(std::uint64_t after, std::size_t limit) = 0;
    [[nodiscard]] virtual AuditEnd audit_end() = 0;
};

}  // namespace dossier::server
