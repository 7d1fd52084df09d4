#include "server/reading/ledger.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/matrix.hpp"

namespace dossier::server {

Status may_see_syncs(Office& office, const Asker& asker) {
    // The office itself, at its own machine.
    if (asker.who.is_none()) return {};
    const auto& viewer = office.people().viewer(asker.who, office.now());
    const auto administers = access::decide(viewer, access::Operation::Administer, {}, Facet::Main,
                                            {.now = office.now()});
    if (administers.answer == access::Answer::Allow) return {};
    const bool reviews =
        viewer.active &&
        std::any_of(viewer.roles.begin(), viewer.roles.end(), [](const access::Held& held) {
            return access::cell_of(held.role, access::Operation::Verify) == access::Cell::Yes;
        });
    return reviews ? Status{} : Status(fail(access::kFaultDenied));
}

}  // namespace dossier::server
