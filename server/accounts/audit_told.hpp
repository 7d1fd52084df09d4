// What laptops are told of the audit, and whether it is still so. Who has the office's disk and key
// can cut the end of the chain, or write another; what laptops remember lies out of his reach.
#pragma once

#include "protocol/messages.hpp"

#include "server/office/office.hpp"

namespace dossier::server {

/// The end of the audit for a laptop: the hash, and the number as only this office reads it. Inside
/// the caller's unit of work.
struct AuditTold {
    Digest head{};
    protocol::AuditPlace place{};
};
AuditTold audit_to_tell(Office& office);

struct AuditRecalled {
    protocol::AuditAnswer answer = protocol::AuditAnswer::None;
    std::uint64_t line = 0;  ///< which it was, unless it is there
};
/// What became of the line a laptop was told of. `epoch`: of the office's data when it was told.
/// Costs one look-up, whatever is asked.
AuditRecalled recall(Office& office,
                     const AuditTold& told,
                     const std::array<std::uint8_t, 16>& epoch);

/// The last time a laptop's memory and the audit differed; for `status`.
struct AuditDiffers {
    Instant at;
    DeviceId device;
    std::uint64_t line = 0;
};
void note_differs(Store& store, const AuditDiffers& differs);
std::optional<AuditDiffers> last_differs(Store& store);

}  // namespace dossier::server
