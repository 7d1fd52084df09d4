// The records of the catalog's tables, their facets and what erases them. One noun of the office's
// store.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "server/store/rows.hpp"

namespace dossier::server {

/// Records a walk over a whole kind asks for at a time.
inline constexpr std::size_t kWalkPage = 500;

class Records {
  public:
    virtual ~Records() = default;

    // ---- records (tables of the catalog)
    [[nodiscard]] virtual std::optional<Place> place(const RecordId& record) = 0;
    /// Non-empty fields; nullopt when there is no such record.
    [[nodiscard]] virtual std::optional<FieldValues> load(std::uint16_t kind,
                                                          const RecordId& record) = 0;
    [[nodiscard]] virtual FieldValues load_facet(std::uint16_t kind,
                                                 const RecordId& record,
                                                 Facet facet) = 0;
    /// Makes the record hold exactly `values`; creates it at `place` if new. `place.customer` of an
    /// existing record moves it.
    virtual void save(const Place& place, const FieldValues& values) = 0;
    /// Makes the named fields of an existing record hold these values.
    virtual void save_fields(const Place& place, const FieldValues& changed) = 0;
    /// Records of one customer file, itself first, then by kind and id.
    [[nodiscard]] virtual std::vector<Place> file_of(const RecordId& customer) = 0;
    /// Records of `kind` whose field equals `value`, by id. Indexed for references and unique
    /// fields.
    [[nodiscard]] virtual std::vector<RecordId> find(std::uint16_t kind,
                                                     std::uint16_t tag,
                                                     const Value& value) = 0;
    /// Every record of a kind after `after` in id order, at most `limit`.
    [[nodiscard]] virtual std::vector<RecordId> list(std::uint16_t kind,
                                                     const RecordId& after,
                                                     std::size_t limit) = 0;
    /// Customers whose number, name or short name answers what was typed (`pinyin::question_of`: a
    /// part, pinyin or initials), at most `limit`: those it names exactly first, then those it
    /// begins, then the rest. Everybody for nothing.
    [[nodiscard]] virtual std::vector<RecordId> search_customers(std::string_view text,
                                                                 std::size_t limit) = 0;
    /// Customers with the phone number that was typed, in whatever way; empty for anything else.
    /// Phones are no part of the directory: the caller looks who may see them.
    [[nodiscard]] virtual std::vector<RecordId> search_phones(std::string_view text,
                                                              std::size_t limit) = 0;
    [[nodiscard]] virtual std::uint64_t count(std::uint16_t kind) = 0;

    // ---- erasing: nothing of the record is left but its identity
    /// The row, its place, facets, history and content go; every scope that ever held a facet of it
    /// has a new log line that tells of it. With the commit former pages go from the disk, too.
    virtual void erase(const Place& place) = 0;
    virtual void note_erased(const ErasedRow& row) = 0;
    [[nodiscard]] virtual std::optional<ErasedRow> erased(const RecordId& record) = 0;
    /// Those that were named, oldest first; without what went with them.
    [[nodiscard]] virtual std::vector<ErasedRow> erased() = 0;
    /// What stands in place of the bytes; nullopt = the row goes.
    using Rewrite = std::function<std::optional<Bytes>(ByteView)>;
    /// Shows every changeset kept outside, settled ones too.
    virtual void rewrite_withheld(const Rewrite& rewrite) = 0;
    /// Shows every stored answer to a changeset.
    virtual void rewrite_verdicts(const Rewrite& rewrite) = 0;

    // ---- facets
    [[nodiscard]] virtual std::optional<FacetState> facet(const RecordId& record, Facet facet) = 0;
    virtual void set_facet(const RecordId& record, Facet facet, const FacetState& state) = 0;
};

}  // namespace dossier::server
