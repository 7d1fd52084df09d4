#include "client/sync/mending.hpp"

#include <algorithm>

#include "protocol/codec.hpp"
#include "protocol/limits.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using protocol::FacetHash;
using protocol::FacetPlace;
using protocol::RecordRange;

/// More than any scope needs; an office that never comes to an end is left.
constexpr unsigned kQuestionsMax = 10'000;

RecordRange everything() {
    RecordRange range;
    range.to.bytes.fill(0xFF);
    return range;
}

FacetPlace place_of(const Membership& member) {
    return {member.record, static_cast<std::uint8_t>(member.facet)};
}

bool precedes(const FacetPlace& a, const FacetPlace& b) {
    return a.record == b.record ? a.facet < b.facet : a.record < b.record;
}

Error unexpected() {
    return {&kUnexpected, {"bye"}};
}

}  // namespace

std::optional<HeldScope> Mending::scope() {
    return targets_.empty() ? std::nullopt : store_.scopes.find(targets_.front().scope);
}

/// Its own sums first: they may be wrong where the members are right.
void Mending::begin(HeldScope scope) {
    begun_ = true;
    store_.scopes.recount(scope);
    store_.scopes.save(scope);
    const auto& target = targets_.front();
    if (scope.count != target.count || scope.set_hash.sum != target.set_hash)
        open_ = {everything()};
}

/// What changed at the office since the checkpoint comes with the batches after it.
void Mending::finish() {
    if (auto mended = scope()) {
        mended->sseq = targets_.front().sseq;
        store_.scopes.save(*mended);
    }
    targets_.pop_front();
    begun_ = false;
}

Result<std::optional<protocol::Message>> Mending::next() {
    while (!targets_.empty()) {
        const auto held = scope();
        if (!begun_ && held) begin(*held);
        const bool asks = held && !(open_.empty() && wanted_.empty());
        if (!asks) {
            finish();
            continue;
        }
        if (++questions_ > kQuestionsMax) return fail(kDiverged, "1");
        const auto& key = targets_.front().scope;
        if (open_.empty() || wanted_.size() >= protocol::kFetchFacetsMax) {
            fetching_ = std::min(wanted_.size(), protocol::kFetchFacetsMax);
            const auto end = wanted_.begin() + static_cast<std::ptrdiff_t>(fetching_);
            return protocol::Message{protocol::Fetch{key, {wanted_.begin(), end}}};
        }
        compared_ = std::min(open_.size(), protocol::kCompareRangesMax);
        const auto end = open_.begin() + static_cast<std::ptrdiff_t>(compared_);
        protocol::Compare compare{key, {open_.begin(), end}};
        open_.erase(open_.begin(), end);
        return protocol::Message{std::move(compare)};
    }
    return std::nullopt;
}

Status Mending::on(const protocol::Ranges& message) {
    auto held = scope();
    if (std::exchange(compared_, 0) == 0 || !held || held->key != message.scope)
        return tl::unexpected(unexpected());
    for (const auto& [range, count, sum] : message.sums) {
        const auto members = store_.scopes.in_range(held->id, range);
        crypto::SetHash ours;
        for (const Membership& member : members) ours.add(member.hash);
        if (members.size() != count || ours.sum != sum) open_.push_back(range);
    }
    auto at = message.facets.begin();
    for (const RecordRange& range : message.listed) {
        const auto from = at;
        while (at != message.facets.end() && range.from <= at->record && at->record <= range.to)
            ++at;
        if (auto done = list(*held, range, {from, at}); !done) return done;
    }
    if (at != message.facets.end()) return tl::unexpected(unexpected());
    return {};
}

/// Everything that differs in a short range is known at once.
Status Mending::list(HeldScope& scope,
                     const RecordRange& range,
                     std::span<const FacetHash> office) {
    std::vector<protocol::FacetEntry> gone;
    auto at = office.begin();
    const auto want_until = [&](auto stop) {
        while (at != office.end() && !stop(FacetPlace{at->record, at->facet})) {
            wanted_.push_back({at->record, at->facet});
            ++at;
        }
    };
    for (const Membership& ours : store_.scopes.in_range(scope.id, range)) {
        const FacetPlace place = place_of(ours);
        want_until([&](const FacetPlace& theirs) { return !precedes(theirs, place); });
        const bool shared = at != office.end() && FacetPlace{at->record, at->facet} == place;
        if (!shared) {
            gone.push_back({ours.record, ours.kind, place.facet, false, {}, {}});
            continue;
        }
        if (at->hash != ours.hash) wanted_.push_back(place);
        ++at;
    }
    want_until([](const FacetPlace&) { return false; });
    return apply(scope, gone);
}

Status Mending::on(const protocol::Fetched& message) {
    auto held = scope();
    const std::size_t asked = std::exchange(fetching_, 0);
    if (message.count == 0 || message.count > asked || !held || held->key != message.scope)
        return tl::unexpected(unexpected());
    auto plain = decompressor_.decompress(message.entries);
    if (!plain) return pass(plain);
    auto entries = protocol::decode_entries(*plain);
    if (!entries) return pass(entries);
    if (entries->size() != message.count) return tl::unexpected(unexpected());
    for (const protocol::FacetEntry& entry : *entries) {
        if (FacetPlace{entry.record, entry.facet} != wanted_.front())
            return tl::unexpected(unexpected());
        wanted_.pop_front();
    }
    // What left meanwhile is told with the next batch.
    std::erase_if(*entries, [](const protocol::FacetEntry& entry) { return !entry.present; });
    return apply(*held, *entries);
}

Status Mending::apply(HeldScope& scope, std::span<const protocol::FacetEntry> entries) {
    if (entries.empty()) return {};
    auto applied = store_.replica.apply(scope, entries, clock_.now());
    if (!applied) return applied;
    store_.scopes.save(scope);
    store_.touch();
    changed_ += entries.size();
    return {};
}

}  // namespace dossier::client
