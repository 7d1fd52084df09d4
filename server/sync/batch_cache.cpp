#include "server/sync/batch_cache.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/catalog/encode.hpp"

#include "protocol/codec.hpp"

#include "server/store/facet_content.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kLinesAtOnce = 512;

/// The one place where facets of records leave for laptops.
protocol::FacetEntry entry_of(Store& store, const ScopeEntry& line) {
    protocol::FacetEntry entry{.record = line.record,
                               .kind = line.kind,
                               .facet = static_cast<std::uint8_t>(line.facet),
                               .present = line.present,
                               .fv = line.fv};
    const auto* kind = catalog::find_kind(line.kind);
    if (!line.present || kind == nullptr) return entry;
    catalog::encode_to(
        entry.content,
        leaving(*kind, line.facet, store.load_facet(line.kind, line.record, line.facet)));
    return entry;
}

}  // namespace

std::shared_ptr<const protocol::Batch> BatchCache::batch(Store& store,
                                                         const Scope& scope,
                                                         const ScopeSummary& now,
                                                         SSeq after) {
    const Key key{scope, after, now.sseq, now.set_hash.sum};
    if (const auto at = found_.find(key); at != found_.end()) {
        kept_.splice(kept_.begin(), kept_, at->second);
        return kept_.front().batch;
    }
    auto made = make(store, scope, now, after);
    keep({key, made});
    return made;
}

std::shared_ptr<const protocol::Batch> BatchCache::make(Store& store,
                                                        const Scope& scope,
                                                        const ScopeSummary& now,
                                                        SSeq after) {
    auto batch = std::make_shared<protocol::Batch>();
    batch->scope = key_of(scope);
    batch->to = now.sseq;
    Bytes plain;
    plain.reserve(plain_bytes_ + plain_bytes_ / 4);
    for (SSeq from = is_planted(Plant::RangeOffByOne) ? after.next() : after; from < now.sseq;) {
        const auto lines = store.log(scope, from, kLinesAtOnce);
        if (lines.empty()) break;
        for (const ScopeEntry& line : lines) {
            protocol::append_entry(plain, entry_of(store, line));
            ++batch->count;
            from = line.sseq;
            if (plain.size() < plain_bytes_) continue;
            batch->to = from;
            from = now.sseq;
            break;
        }
    }
    batch->entries = compressor_.compress(protocol::kBatchLevel, plain);
    return batch;
}

protocol::Fetched BatchCache::single(Store& store,
                                     const Scope& scope,
                                     std::span<const protocol::FacetPlace> facets) {
    protocol::Fetched fetched{.scope = key_of(scope)};
    Bytes plain;
    for (const auto& [record, facet] : facets) {
        ScopeEntry line{.record = record, .facet = static_cast<Facet>(facet), .present = false};
        const auto scopes = store.memberships(record, line.facet);
        if (std::find(scopes.begin(), scopes.end(), scope) != scopes.end()) {
            const auto place = store.place(record);
            line.present = place.has_value();
            if (place) line.kind = place->kind;
            if (const auto state = store.facet(record, line.facet)) line.fv = state->fv;
        } else if (store.erased(record)) {
            line.fv = Fv{1};
        }
        protocol::append_entry(plain, entry_of(store, line));
        ++fetched.count;
        if (plain.size() >= plain_bytes_) break;
    }
    fetched.entries = compressor_.compress(protocol::kBatchLevel, plain);
    return fetched;
}

void BatchCache::keep(Kept kept) {
    bytes_ += kept.batch->entries.size();
    kept_.push_front(std::move(kept));
    found_[kept_.front().key] = kept_.begin();
    while (bytes_ > kept_bytes_ && kept_.size() > 1) {
        bytes_ -= kept_.back().batch->entries.size();
        found_.erase(kept_.back().key);
        kept_.pop_back();
    }
}

}  // namespace dossier::server
