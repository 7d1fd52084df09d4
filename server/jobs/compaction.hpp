// Logs of scopes are kept short: what left a scope is forgotten when nobody waits for it any more.
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

/// Forgets the log lines no active device needs; the number forgotten. Inside the caller's unit of
/// work. A device that was silent longer than protocol::kSilentAfter is mended by ranges when it
/// comes. Source: sync 5.6.
std::uint64_t compact_logs(Office& office);

}  // namespace dossier::server
