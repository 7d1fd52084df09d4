// What lies in a scope, in the order of its records, with sums of hashes: what ranges are compared
// by. Read from the scope's log piece by piece, kept for the scopes last asked about, and brought
// up to date by what was logged since; many laptops ask about the same one after a restore.
#pragma once

#include <list>
#include <memory>
#include <span>
#include <vector>

#include "protocol/messages.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

/// The members of a scope, ascending by record and facet.
struct ScopeMembers {
    std::vector<ScopeMember> all;
    /// Of the hashes before each, and of all: a range's sum is the difference of two of them.
    std::vector<crypto::SetHash> sums;
};

class Census {
  public:
    /// `kept`: members in memory, over all scopes.
    explicit Census(std::size_t kept = kKeptMembers) : kept_members_(kept) {}

    /// What lies in the scope now; nothing when more than `lines` of its log are still to be read:
    /// ask again.
    std::shared_ptr<const ScopeMembers> members(Store& store,
                                                const Scope& scope,
                                                std::size_t lines);

    static constexpr std::size_t kKeptMembers = 400'000;

  private:
    struct Kept {
        Scope scope;
        SSeq read;  ///< up to here in the log
        std::shared_ptr<ScopeMembers> members = std::make_shared<ScopeMembers>();
        bool summed = false;
        SSeq anew;  ///< it did not add up there, and was read from the start
    };

    Kept& find(const Scope& scope);
    void forget_least_used();

    std::size_t kept_members_;
    std::list<Kept> kept_;  // most lately used first
};

/// Adds to `answer` what lies in `range`: listed when it is short, else cut into parts with their
/// sums. Facets of one record are never parted.
void cut_range(const ScopeMembers& members,
               const protocol::RecordRange& range,
               protocol::Ranges& answer);

}  // namespace dossier::server
