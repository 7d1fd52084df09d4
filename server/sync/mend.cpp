// A scope that differs on a laptop, mended by what differs alone: ranges of records by their sums,
// then single facets. Source: sync 5.3.6, SPEC 11.
#include <algorithm>
#include <span>

#include "protocol/refusals.hpp"

#include "server/sync/session.hpp"

namespace dossier::server {
namespace {

/// No facet is looked at twice for one question.
bool overlap(std::vector<protocol::RecordRange> ranges) {
    std::ranges::sort(ranges, {}, &protocol::RecordRange::from);
    for (std::size_t i = 1; i < ranges.size(); ++i) {
        if (ranges[i].from <= ranges[i - 1].to) return true;
    }
    return false;
}

}  // namespace

Result<Session::Messages> Session::compare(const protocol::Compare& message,
                                           const DeviceRow& device) {
    if (auto allowed = question(&message.scope); !allowed) return pass(allowed);
    if (mending_.insert(scope_of(message.scope)).second)
        audit(device, "differs", std::to_string(message.scope.sort));
    if (overlap(message.ranges)) return fail(protocol::kOutOfOrder);
    comparing_ = message;
    return compare_on();
}

/// Reads on in the scope until all that lies in it is known; then the answer.
Result<Session::Messages> Session::compare_on() {
    auto& census = desk_.batches.census();
    const auto scope =
        census.members(desk_.office.store(), scope_of(comparing_->scope), kScopeLinesAtOnce);
    if (!scope) return Messages{};
    protocol::Ranges answer{.scope = comparing_->scope, .sums = {}, .listed = {}, .facets = {}};
    for (const auto& range : comparing_->ranges) cut_range(*scope, range, answer);
    comparing_.reset();
    return Messages{std::move(answer)};
}

Result<Session::Messages> Session::fetch(const protocol::Fetch& message) {
    if (auto allowed = question(&message.scope); !allowed) return pass(allowed);
    if (message.facets.empty()) return fail(protocol::kOutOfOrder);
    const auto first = std::min(message.facets.size(), kFetchedAtOnce);
    auto answer = desk_.batches.single(desk_.office.store(), scope_of(message.scope),
                                       std::span(message.facets).first(first));
    row_.facets_sent += answer.count;
    return Messages{std::move(answer)};
}

}  // namespace dossier::server
