// What the person sees: the rows of the catalog's tables, which are the office's values with his
// unsent ops laid over them. Reading for everybody; writing for client/intake and client/sync only.
//
// The office's values of a facet are: its mirror, when it has one; nothing, when an unsent op
// makes the record; else the row itself. Every write below keeps view = office's values ⊕ unsent.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <unordered_set>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/merge/op.hpp"
#include "common/query/query.hpp"
#include "common/sqlite/connection.hpp"
#include "common/time/clock.hpp"

#include "protocol/messages.hpp"

#include "client/store/mirror.hpp"
#include "client/store/outbox.hpp"
#include "client/store/scopes.hpp"
#include "client/store/search.hpp"
#include "client/store/tray.hpp"

namespace dossier::client {

/// A record as its reader sees it now, with what an edit must say of it.
struct Seen {
    FieldValues values;                 ///< non-empty fields
    std::array<Fv, 8> versions{};       ///< by facet number; 0 = the office has not given it
    std::vector<std::uint16_t> hidden;  ///< fields masked or withheld here: no base can be given
    bool own_unsent = false;            ///< made on this laptop, not yet at the office
    /// Fields for which own words wait at the office: saying what it holds takes these back. Of
    /// sets and lists the elements added so stand among `values`.
    std::vector<std::uint16_t> waiting;

    [[nodiscard]] Fv version(catalog::Facet facet) const {
        return versions[static_cast<std::size_t>(facet)];
    }
};

/// Which records, in which order. Empty `where` = all of the kind.
struct Query {
    const catalog::Kind* kind = nullptr;
    std::vector<FieldValue> where = {};        ///< each field equals its value
    const catalog::Field* order_by = nullptr;  ///< none = by id, that is by creation
    bool descending = false;
    std::size_t limit = 1000;
    std::size_t offset = 0;
};

class Replica {
  public:
    Replica(sqlite::Connection& db,
            Scopes& scopes,
            Mirror& mirror,
            Outbox& outbox,
            Search& search,
            Tray& tray)
        : db_(db),
          scopes_(scopes),
          mirror_(mirror),
          outbox_(outbox),
          search_(search),
          tray_(tray) {}

    // ---- reading
    /// Non-empty fields; nullopt when this laptop holds no such record.
    std::optional<FieldValues> load(const catalog::Kind& kind, const RecordId& record);
    std::optional<Seen> seen(const catalog::Kind& kind, const RecordId& record);
    /// The kind of a record that lies here, by one look-up, two for what was written here and not
    /// sent; null for what does not lie here.
    const catalog::Kind* kind_of(const RecordId& record);
    std::vector<RecordId> select(const Query& query);
    /// The records of a list's page (common/query) in the asked order.
    std::vector<query::Hit> page(const query::Query& query);
    std::uint64_t count(const catalog::Kind& kind);
    /// The office's value of a facet without the unsent ops over it.
    FieldValues office_values(const catalog::Kind& kind,
                              const RecordId& record,
                              catalog::Facet facet);
    /// The customer a record belongs to through its parents, itself for a customer; none when it
    /// belongs to none or the way to it is not held here.
    RecordId customer_of(const catalog::Kind& kind,
                         const RecordId& record,
                         const FieldValues& values);

    // ---- writing, inside the caller's transaction
    /// Lays an op just appended to the outbox over the view and keeps the office's values of what
    /// it touches. `before` = the view row, null when there is none. The new view row.
    FieldValues lay(const catalog::Kind& kind, const merge::Op& op, const FieldValues* before);
    /// Takes entries of a batch: memberships, set hash, mirror and view; changes `scope` but does
    /// not save it. Errors: encoding.malformed.
    Status apply(HeldScope& scope, std::span<const protocol::FacetEntry> entries, Instant now);
    /// An op was answered: when the office took it, its value counts as the office's from now on;
    /// the view is made anew. The verdict is stored in the outbox before this is called.
    void answered(const merge::Op& op, const merge::Verdict& verdict);
    /// What an op wrote here counted as the office's and does not any more: its facets differ from
    /// the office's until they were asked for again.
    void doubt(const merge::Op& op);
    /// Every unsent word goes to the office alone: sealed, and shown no more.
    void seal_unsent();
    /// Removes up to `limit` memberships of a scope and what is in no other. True when the scope
    /// is empty.
    bool purge_members(std::int64_t scope, std::size_t limit);
    /// Removes what the office accepted but did not send: its author may not hold it.
    void drop_unanswered_rows();

  private:
    struct Change;
    struct Arrival;
    void write(const catalog::Kind& kind,
               const RecordId& record,
               const std::optional<FieldValues>& before,
               const FieldValues& after);
    Result<bool> apply_new(HeldScope& scope,
                           std::span<const protocol::FacetEntry> entries,
                           Instant now);
    Status apply_record(Arrival& arrival, std::span<const protocol::FacetEntry> entries);
    void remake(const Change& change, const FieldValues& office, bool keep_empty);
    FieldValues office_row(const catalog::Kind& kind,
                           const RecordId& record,
                           const FieldValues& view,
                           bool made_here);
    void forget(const catalog::Kind& kind,
                const RecordId& record,
                std::span<const catalog::Facet> facets);
    void lay_anew(const std::vector<std::pair<RecordId, std::uint16_t>>& records);
    void forget_words(std::unordered_set<RecordId> purged);
    void forget_erased(std::unordered_set<RecordId> erased);
    bool has_row(const catalog::Kind& kind, const RecordId& record);
    bool holds_all(const catalog::Kind& kind, const merge::Op& op);
    bool is_awaited(const RecordId& record);

    sqlite::Connection& db_;
    Scopes& scopes_;
    Mirror& mirror_;
    Outbox& outbox_;
    Search& search_;
    Tray& tray_;
};

}  // namespace dossier::client
