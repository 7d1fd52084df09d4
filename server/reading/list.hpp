// Lists of one kind: filtered, sorted, by pages, each record as far as the asker may see it.
#pragma once

#include <functional>

#include "common/query/query.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {

/// A page of a list.
struct Listing {
    std::vector<Listed> records;         ///< what may be seen of each; masked where it is masked
    std::optional<query::PageKey> next;  ///< where the next page goes on; none at the end
    std::size_t hidden = 0;              ///< may be looked up for a purpose, and none was stated
};

/// Reads pages until `query.limit` records are seen or nothing is left; `give_way` is called
/// between pages. A record is there only if every field it was filtered and ordered by is seen in
/// clear: where it stands would tell the value. Notes the reading.
Listing list_records(Office& office,
                     const Asker& asker,
                     query::Query query,
                     const std::function<void()>& give_way);

}  // namespace dossier::server
