// The chain that shows whether somebody changed, removed or reordered a line of the audit. Pure,
// so that every store and every export computes the same hashes. Source: domain 2.5.5.
#pragma once

#include "server/store/rows.hpp"

namespace dossier::server {

/// BLAKE2b-256 of prev(32) || seq || at || client_at (8 each, little-endian) || user(16) ||
/// device(16) || record(16) || action, entity, fields, purpose, result and detail, each as
/// length(4) || UTF-8. `line.hash` takes no part.
Digest audit_hash(const AuditLine& line);

}  // namespace dossier::server
