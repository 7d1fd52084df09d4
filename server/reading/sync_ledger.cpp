#include "server/reading/sync_ledger.hpp"

#include <algorithm>

#include "common/access/matrix.hpp"

#include "protocol/messages.hpp"

#include "server/reading/rights.hpp"

namespace dossier::server {

Status may_see_syncs(Office& office, const Asker& asker) {
    if (may_administer(office, asker.who)) return {};
    const auto& viewer = office.people().viewer(asker.who, office.now());
    const bool reviews =
        viewer.active &&
        std::any_of(viewer.roles.begin(), viewer.roles.end(), [](const access::Held& held) {
            return access::cell_of(held.role, access::Operation::Verify) == access::Cell::Yes;
        });
    return reviews ? Status{} : may_administer(office, asker.who);
}

Result<std::vector<SessionRow>> latest_syncs(Office& office,
                                             const Asker& asker,
                                             std::size_t limit) {
    if (auto allowed = may_see_syncs(office, asker); !allowed) return pass(allowed);
    return office.store().sessions(limit);
}

Result<std::vector<SessionRow>> syncs_of(Office& office,
                                         const Asker& asker,
                                         const DeviceId& device,
                                         std::size_t limit) {
    if (auto allowed = may_see_syncs(office, asker); !allowed) return pass(allowed);
    return office.store().sessions_of(device, limit);
}

Result<SessionRow> sync_numbered(Office& office, const Asker& asker, std::uint64_t number) {
    if (auto allowed = may_see_syncs(office, asker); !allowed) return pass(allowed);
    auto row = office.store().session(number);
    if (!row) return fail(kUnknownSession, std::to_string(number));
    return std::move(*row);
}

std::uint64_t left_unsent(const SessionRow& row) {
    return row.finished || row.unsent <= row.changesets ? 0 : row.unsent - row.changesets;
}

std::uint64_t by_rule(const SessionRow& row) {
    return row.applied + row.merged + row.converged + row.superseded;
}

Result<std::vector<Awaited>> awaited_laptops(Office& office,
                                             const Asker& asker,
                                             std::chrono::hours longest) {
    if (auto allowed = may_see_syncs(office, asker); !allowed) return pass(allowed);
    std::vector<Awaited> all;
    for (const DeviceRow& device : office.store().devices()) {
        if (static_cast<protocol::DeviceState>(device.state) != protocol::DeviceState::Active)
            continue;
        const auto latest = office.store().sessions_of(device.device, 1);
        Awaited each{.device = device};
        each.seen = device.last_session.ms == 0 ? device.enrolled_at : device.last_session;
        each.overdue = merge::age(each.seen, office.now()) > longest;
        if (!latest.empty()) {
            each.unsent = left_unsent(latest.front());
            each.unsent_since = latest.front().started_at;
        }
        if (each.overdue || each.unsent > 0) all.push_back(std::move(each));
    }
    return all;
}

}  // namespace dossier::server
