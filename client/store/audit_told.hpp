// What the office last told of its audit: kept until a finished session, so that it can be held
// against what the office has then. Internal to client/store and client/sync.
#pragma once

#include "protocol/messages.hpp"

#include "client/store/meta.hpp"

namespace dossier::client {

struct AuditTold {
    protocol::AuditPlace place{};
    protocol::Digest head{};
    std::array<std::uint8_t, 16> epoch{};  ///< of the office's data when it was told
};

/// Zeros when nothing was told yet.
AuditTold audit_told(Meta& meta);
/// Inside the caller's transaction.
void keep_audit_told(Meta& meta, const AuditTold& told);

}  // namespace dossier::client
