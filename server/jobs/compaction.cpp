#include "server/jobs/compaction.hpp"

#include "protocol/limits.hpp"

namespace dossier::server {

std::uint64_t compact_logs(Office& office) {
    return office.store().compact_logs(office.now().plus(-protocol::kSilentAfter));
}

}  // namespace dossier::server
