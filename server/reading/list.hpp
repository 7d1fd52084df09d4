// Lists of one kind: filtered, sorted, by pages, each record as far as the asker may see it.
#pragma once

#include <functional>

#include "common/query/query.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {

/// A page of a list.
struct Listing {
    std::vector<Listed> records;  ///< what may be seen of each; masked where it is masked
    /// Where the next page goes on; none where nothing more is to be seen, whatever there is.
    std::optional<query::PageKey> next;
    /// Listed here once a purpose is stated. Counted only where nothing but a file narrows
    /// the list, nothing orders it and one page holds it: else the number would tell values that he
    /// may not see.
    std::size_t hidden = 0;
    /// Instead of that number: records that take a purpose were not looked at, if there are any.
    bool unlooked = false;
    /// Fields it was filtered or ordered by that he sees of some records only: the others are left
    /// out, if there are any.
    std::vector<const catalog::Field*> narrowed_by;
};

/// Reads pages until `query.limit` records are seen or nothing is left; `give_way` is called
/// between pages. What `extents_for` excludes is not read, the rest is judged record by record. A
/// record is there only if every field it was filtered and ordered by is seen in clear: where it
/// stands would tell the value. Notes the reading.
/// Errors: access.field_hidden and access.field_purpose for a field he sees in clear of no record
/// at all, whatever records there are.
Result<Listing> list_records(Office& office,
                             const Asker& asker,
                             query::Query query,
                             const std::function<void()>& give_way);

}  // namespace dossier::server
