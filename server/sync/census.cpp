#include "server/sync/census.hpp"

#include <algorithm>

#include "protocol/limits.hpp"

namespace dossier::server {
namespace {

using MemberAt = std::vector<ScopeMember>::const_iterator;

/// The identity just below; `record` is not the least one.
RecordId before(RecordId record) {
    for (auto byte = record.bytes.rbegin(); byte != record.bytes.rend(); ++byte) {
        if ((*byte)-- != 0) break;
    }
    return record;
}

void list(const protocol::RecordRange& range,
          MemberAt from,
          MemberAt to,
          protocol::Ranges& answer) {
    answer.listed.push_back(range);
    for (; from != to; ++from) {
        answer.facets.push_back({from->record, static_cast<std::uint8_t>(from->facet), from->hash});
    }
}

protocol::RangeSum sum(const ScopeMembers& members,
                       const protocol::RecordRange& range,
                       MemberAt from,
                       MemberAt to) {
    auto sum = members.sums[static_cast<std::size_t>(to - members.all.begin())];
    sum.remove(members.sums[static_cast<std::size_t>(from - members.all.begin())].sum);
    return {range, static_cast<std::uint64_t>(to - from), sum.sum};
}

bool precedes(const ScopeMember& a, const ScopeMember& b) {
    return a.record == b.record ? a.facet < b.facet : a.record < b.record;
}

/// A line of the log as a member; `present` false takes it out.
struct Change {
    ScopeMember member;
    bool present = true;
};

/// The last word of the log about each facet, in their order.
std::vector<Change> changes_of(std::span<const ScopeEntry> lines) {
    std::vector<Change> changes;
    changes.reserve(lines.size());
    for (const ScopeEntry& line : lines)
        changes.push_back({{line.record, line.facet, line.hash}, line.present});
    std::stable_sort(changes.begin(), changes.end(),
                     [](const Change& a, const Change& b) { return precedes(a.member, b.member); });
    // std::unique keeps the first of equals: seen from behind that is the latest.
    const auto kept =
        std::unique(changes.rbegin(), changes.rend(),
                    [](const Change& a, const Change& b) { return !precedes(b.member, a.member); });
    changes.erase(changes.begin(), kept.base());
    return changes;
}

std::vector<ScopeMember> merged(const std::vector<ScopeMember>& old,
                                const std::vector<Change>& changes) {
    std::vector<ScopeMember> all;
    all.reserve(old.size() + changes.size());
    auto at = old.begin();
    for (const Change& change : changes) {
        for (; at != old.end() && precedes(*at, change.member); ++at) all.push_back(*at);
        if (at != old.end() && !precedes(change.member, *at)) ++at;
        if (change.present) all.push_back(change.member);
    }
    all.insert(all.end(), at, old.end());
    return all;
}

void add_up(ScopeMembers& members) {
    members.sums.clear();
    members.sums.reserve(members.all.size() + 1);
    crypto::SetHash sum;
    members.sums.push_back(sum);
    for (const ScopeMember& member : members.all) {
        sum.add(member.hash);
        members.sums.push_back(sum);
    }
}

}  // namespace

Census::Kept& Census::find(const Scope& scope) {
    const auto at =
        std::ranges::find_if(kept_, [&](const Kept& kept) { return kept.scope == scope; });
    if (at != kept_.end()) {
        kept_.splice(kept_.begin(), kept_, at);
    } else {
        kept_.push_front({.scope = scope, .read = {}});
    }
    return kept_.front();
}

void Census::forget_least_used() {
    std::size_t held = 0;
    for (auto kept = kept_.begin(); kept != kept_.end();) {
        held += kept->members->all.size();
        kept = kept != kept_.begin() && held > kept_members_ ? kept_.erase(kept) : std::next(kept);
    }
}

std::shared_ptr<const ScopeMembers> Census::members(Store& store,
                                                    const Scope& scope,
                                                    std::size_t lines) {
    const ScopeSummary now = store.summary(scope);
    Kept& kept = find(scope);
    if (kept.read > now.sseq) kept = {.scope = scope, .read = {}};  // that unit was never kept
    if (kept.read < now.sseq) {
        const auto more = store.log(scope, kept.read, lines);
        auto next = std::make_shared<ScopeMembers>();  // others may still hold the one before
        next->all = merged(kept.members->all, changes_of(more));
        kept.members = std::move(next);
        kept.summed = false;
        kept.read = more.size() < lines ? now.sseq : more.back().sseq;
        forget_least_used();
        if (kept.read < now.sseq) return nullptr;
    }
    if (!std::exchange(kept.summed, true)) add_up(*kept.members);
    const bool adds_up =
        kept.members->all.size() == now.count && kept.members->sums.back() == now.set_hash;
    // A shortened log does not tell what left; from its start it tells what is there.
    if (adds_up || kept.anew == now.sseq) return kept.members;
    kept = {.scope = scope, .read = {}, .anew = now.sseq};
    return nullptr;
}

void cut_range(const ScopeMembers& members,
               const protocol::RecordRange& range,
               protocol::Ranges& answer) {
    if (range.to < range.from) return;
    const auto from = std::ranges::lower_bound(members.all, range.from, {}, &ScopeMember::record);
    const auto to = std::ranges::upper_bound(members.all, range.to, {}, &ScopeMember::record);
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
        answer.sums.push_back(sum(members, {first, last}, start, end));
        start = end;
        if (end != to) first = end->record;
    }
}

}  // namespace dossier::server
