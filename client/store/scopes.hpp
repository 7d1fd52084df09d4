// The scopes this laptop holds, how far it has received each, and which facets lie in them: what
// the office last said, by version and hash.
#pragma once

#include <optional>
#include <vector>

#include "common/catalog/field.hpp"
#include "common/crypto/set_hash.hpp"
#include "common/sqlite/connection.hpp"

#include "protocol/messages.hpp"

namespace dossier::client {

struct HeldScope {
    std::int64_t id = 0;  ///< of this store; a scope sent anew gets another
    protocol::ScopeKey key;
    SSeq sseq;
    std::uint64_t count = 0;
    crypto::SetHash set_hash;
    bool complete = false;  ///< it matched a checkpoint once
    bool leaving = false;   ///< replaced by a scope being sent anew, or lost; no longer received
    bool partial = false;   ///< it holds kinds or fields this program does not know
    std::int64_t replaces = 0;  ///< the leaving scope it is sent in place of; 0 = none
};

/// A facet as one scope gave it last.
struct Membership {
    RecordId record;
    catalog::Facet facet = catalog::Facet::Main;
    std::uint16_t kind = 0;
    Fv fv;
    crypto::Digest hash{};
    std::int64_t scope = 0;
};

class Scopes {
  public:
    explicit Scopes(sqlite::Connection& db) : db_(db) {}

    /// Without those that are leaving.
    std::vector<HeldScope> list();
    std::vector<HeldScope> leaving();
    std::optional<HeldScope> find(const protocol::ScopeKey& key);
    std::optional<HeldScope> with_id(std::int64_t id);

    // All of the below inside the caller's transaction.
    HeldScope gain(const protocol::ScopeKey& key, std::int64_t replaces = 0);
    void mark_leaving(std::int64_t id);
    /// Receives a held scope again from its start; what lies here stays until that is complete.
    HeldScope receive_anew(const HeldScope& scope);
    void save(const HeldScope& scope);
    void erase(std::int64_t id);

    std::optional<Membership> membership(std::int64_t scope,
                                         const RecordId& record,
                                         catalog::Facet facet);
    void put(std::int64_t scope, const Membership& membership);
    void take(std::int64_t scope, const RecordId& record, catalog::Facet facet);
    /// Some members of one scope, at most `limit`. Reads the whole table.
    std::vector<Membership> members(std::int64_t scope, std::size_t limit);
    /// How many records have a facet in it.
    std::uint64_t records(std::int64_t scope);

    /// Members of one scope from record to record, both included, by record and facet.
    std::vector<Membership> in_range(std::int64_t scope, const protocol::RecordRange& range);
    /// Count and set hash made anew from the members. Does not save.
    void recount(HeldScope& scope);

    /// Where scopes gave a facet in different versions the last one lies here: the others' places
    /// count as differing, for an office that was set back may have but their version.
    void doubt_older();

    /// Every membership of a record, by facet.
    std::vector<Membership> of_record(const RecordId& record);
    bool holds(const RecordId& record);

  private:
    sqlite::Connection& db_;
};

}  // namespace dossier::client
