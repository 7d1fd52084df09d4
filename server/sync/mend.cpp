// A scope that differs on a laptop, mended by what differs alone: ranges of records by their sums,
// then single facets. Source: sync 5.3.6, SPEC 11.
#include <algorithm>

#include "protocol/refusals.hpp"

#include "server/sync/session.hpp"

namespace dossier::server {

Result<Session::Messages> Session::compare(const protocol::Compare& message,
                                           const DeviceRow& device) {
    if (auto allowed = question(&message.scope); !allowed) return pass(allowed);
    if (mending_.insert(scope_of(message.scope)).second)
        audit(device, "differs", std::to_string(message.scope.sort));
    const auto members =
        desk_.batches.census().members(desk_.office.store(), scope_of(message.scope));
    protocol::Ranges answer{.scope = message.scope, .sums = {}, .listed = {}, .facets = {}};
    for (const auto& range : message.ranges) cut_range(*members, range, answer);
    return Messages{std::move(answer)};
}

Result<Session::Messages> Session::fetch(const protocol::Fetch& message) {
    if (auto allowed = question(&message.scope); !allowed) return pass(allowed);
    if (message.facets.empty()) return fail(protocol::kOutOfOrder);
    auto answer =
        desk_.batches.single(desk_.office.store(), scope_of(message.scope), message.facets);
    row_.facets_sent += answer.count;
    return Messages{std::move(answer)};
}

}  // namespace dossier::server
