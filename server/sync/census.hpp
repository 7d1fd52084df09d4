// What lies in a scope, in the order of its records, with hashes: what ranges are compared by. Kept
// for the scopes last asked about, as many laptops ask about the same one after a restore.
#pragma once

#include <list>
#include <memory>
#include <vector>

#include "protocol/messages.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

class Census {
  public:
    using Members = std::vector<ScopeMember>;

    /// `kept`: members in memory, over all scopes.
    explicit Census(std::size_t kept = kKeptMembers) : kept_members_(kept) {}

    /// The members of the scope as it is now, ascending by record and facet.
    std::shared_ptr<const Members> members(Store& store, const Scope& scope);

    static constexpr std::size_t kKeptMembers = 400'000;

  private:
    struct Kept {
        Scope scope;
        ScopeSummary state;
        std::shared_ptr<const Members> members;
    };

    std::size_t kept_members_;
    std::list<Kept> kept_;  // most lately used first
};

/// Adds to `answer` what lies in `range`: listed when it is short, else cut into parts with their
/// sums. Facets of one record are never parted.
void cut_range(const Census::Members& members,
               const protocol::RecordRange& range,
               protocol::Ranges& answer);

}  // namespace dossier::server
