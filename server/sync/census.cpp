#include "server/sync/census.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace dossier::server {
namespace {

using Place = Census::Members::const_iterator;

/// The identity just below; `record` is not the least one.
RecordId before(RecordId record) {
    for (auto byte = record.bytes.rbegin(); byte != record.bytes.rend(); ++byte) {
        if ((*byte)-- != 0) break;
    }
    return record;
}

void list(const protocol::RecordRange& range, Place from, Place to, protocol::Ranges& answer) {
    answer.listed.push_back(range);
    for (; from != to; ++from) {
        answer.facets.push_back({from->record, static_cast<std::uint8_t>(from->facet), from->hash});
    }
}

protocol::RangeSum sum(const protocol::RecordRange& range, Place from, Place to) {
    crypto::SetHash hash;
    const auto count = static_cast<std::uint64_t>(to - from);
    for (; from != to; ++from) hash.add(from->hash);
    return {range, count, hash.sum};
}

}  // namespace

std::shared_ptr<const Census::Members> Census::members(Store& store, const Scope& scope) {
    const ScopeSummary now = store.summary(scope);
    auto at = std::find_if(kept_.begin(), kept_.end(),
                           [&](const Kept& kept) { return kept.scope == scope; });
    const bool fresh =
        at != kept_.end() && at->state.sseq == now.sseq && at->state.set_hash == now.set_hash;
    if (fresh) {
        kept_.splice(kept_.begin(), kept_, at);
        return kept_.front().members;
    }
    if (at != kept_.end()) kept_.erase(at);
    kept_.push_front({scope, now, std::make_shared<Members>(store.members(scope))});
    std::size_t held = 0;
    for (auto kept = kept_.begin(); kept != kept_.end();) {
        held += kept->members->size();
        kept = kept != kept_.begin() && held > kept_members_ ? kept_.erase(kept) : std::next(kept);
    }
    return kept_.front().members;
}

void cut_range(const Census::Members& members,
               const protocol::RecordRange& range,
               protocol::Ranges& answer) {
    if (range.to < range.from) return;
    const auto from = std::ranges::lower_bound(members, range.from, {}, &ScopeMember::record);
    const auto to = std::ranges::upper_bound(members, range.to, {}, &ScopeMember::record);
    const auto count = static_cast<std::size_t>(to - from);
    if (count <= protocol::kRangeListedMax) return list(range, from, to, answer);
    const auto parts = std::min(protocol::kRangeParts, count / (protocol::kRangeListedMax / 2));
    auto start = from;
    RecordId first = range.from;
    for (std::size_t part = 1; start != to; ++part) {
        auto end = part >= parts ? to : from + static_cast<std::ptrdiff_t>(count * part / parts);
        if (end <= start) continue;
        while (end != to && end->record == std::prev(end)->record) ++end;
        const RecordId last = end == to ? range.to : before(end->record);
        answer.sums.push_back(sum({first, last}, start, end));
        start = end;
        if (end != to) first = end->record;
    }
}

}  // namespace dossier::server
