#include "server/jobs/compaction.hpp"

#include "protocol/limits.hpp"

namespace dossier::server {

std::uint64_t compact_logs(Office& office) {
    // How long a laptop has been silent is not known then.
    if (office.clock().is_in_doubt()) return 0;
    return office.store().compact_logs(office.now().plus(-protocol::kSilentAfter));
}

}  // namespace dossier::server
