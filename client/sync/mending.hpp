// Scopes that differ from the office's checkpoint are mended by what differs alone: ranges of
// records are compared by count and sum, ever shorter ones, and single facets fetched or taken
// away. Values in, questions out; the rows change inside the caller's transaction. Source: sync
// 5.3.6, SPEC 11.
#pragma once

#include <deque>
#include <optional>

#include "common/time/clock.hpp"

#include "protocol/compress.hpp"
#include "protocol/messages.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

class Mending {
  public:
    Mending(Store& store, const Clock& clock) : store_(store), clock_(clock) {}

    /// A scope to be made what the checkpoint says it is.
    void add(const protocol::ScopeState& target) { targets_.push_back(target); }
    /// The next question; nothing when every scope is done. Errors: sync.diverged when the answers
    /// lead nowhere.
    Result<std::optional<protocol::Message>> next();
    /// Errors: sync.unexpected for what was not asked, encoding.malformed.
    Status on(const protocol::Ranges& message);
    Status on(const protocol::Fetched& message);
    /// Facets brought, renewed or taken away so far.
    [[nodiscard]] std::uint64_t changed() const { return changed_; }

  private:
    std::optional<HeldScope> scope();
    void begin(HeldScope scope);
    void finish();
    Status list(HeldScope& scope,
                const protocol::RecordRange& range,
                std::span<const protocol::FacetHash> office);
    Status apply(HeldScope& scope, std::span<const protocol::FacetEntry> entries);

    Store& store_;
    const Clock& clock_;
    protocol::Decompressor decompressor_;
    std::deque<protocol::ScopeState> targets_;  ///< the first is being mended
    bool begun_ = false;
    std::deque<protocol::RecordRange> open_;  ///< ranges that differ, to be asked about
    std::deque<protocol::FacetPlace> wanted_;
    std::size_t compared_ = 0;  ///< ranges in the question under way
    std::size_t fetching_ = 0;  ///< facets in the question under way
    unsigned questions_ = 0;
    std::uint64_t changed_ = 0;
};

}  // namespace dossier::client
