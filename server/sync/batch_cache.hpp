// Compressed batches, so that devices at the same place of the same scope share the work. A batch
// is found again only while its scope is unchanged: what a device may see is never older than the
// scope's state. Used on the store's thread.
#pragma once

#include <cstddef>
#include <list>
#include <map>
#include <memory>
#include <span>
#include <tuple>

#include "protocol/compress.hpp"
#include "protocol/messages.hpp"

#include "server/store/store.hpp"
#include "server/sync/census.hpp"

namespace dossier::server {

class BatchCache {
  public:
    /// `plain_bytes`: about how much one batch holds before compression; `kept_bytes`: of
    /// compressed batches in memory.
    explicit BatchCache(std::size_t plain_bytes = kPlainBytes, std::size_t kept_bytes = kKeptBytes)
        : plain_bytes_(plain_bytes), kept_bytes_(kept_bytes) {}

    /// What follows `after` in the scope, whose state is `now`; `after` < now.sseq.
    std::shared_ptr<const protocol::Batch> batch(Store& store,
                                                 const Scope& scope,
                                                 const ScopeSummary& now,
                                                 SSeq after);

    /// The first of these facets, at least one, as far as one batch holds. One that is not in the
    /// scope, exists elsewhere or nowhere comes as not present, of no kind and version.
    protocol::Fetched single(Store& store,
                             const Scope& scope,
                             std::span<const protocol::FacetPlace> facets);
    Census& census() { return census_; }

    static constexpr std::size_t kPlainBytes = 1U << 20U;
    static constexpr std::size_t kKeptBytes = 16U << 20U;

  private:
    // The set hash stands for the content: a state that was never committed is not found again.
    using Key = std::tuple<Scope, SSeq, SSeq, Digest>;
    struct Kept {
        Key key;
        std::shared_ptr<const protocol::Batch> batch;
    };

    std::shared_ptr<const protocol::Batch> make(Store& store,
                                                const Scope& scope,
                                                const ScopeSummary& now,
                                                SSeq after);
    void keep(Kept kept);

    std::size_t plain_bytes_;
    std::size_t kept_bytes_;
    std::size_t bytes_ = 0;
    std::list<Kept> kept_;  // most lately used first
    std::map<Key, std::list<Kept>::iterator> found_;
    protocol::Compressor compressor_;
    Census census_;
};

/// A scope as it is named on the wire, and back.
inline protocol::ScopeKey key_of(const Scope& scope) {
    return {static_cast<std::uint8_t>(scope.sort), scope.of};
}
inline Scope scope_of(const protocol::ScopeKey& key) {
    return {static_cast<access::ScopeSort>(key.sort), key.of};
}

}  // namespace dossier::server
