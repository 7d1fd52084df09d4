// The few records an answer can consist of, where an index tells that they are few: they are
// fetched and put in order, however long the list is they stand in. Walking the list until enough
// of them are met would read all of it.
#pragma once

#include <optional>

#include "common/sqlite/conditions.hpp"

namespace dossier::sqlite {

/// Some records by an index or by name. What it points to belongs to the question.
struct Lead {
    const query::Filter* filter = nullptr;  ///< null: by name
    const std::vector<RecordId>* files = nullptr;
    const catalog::Kind* kind = nullptr;  ///< of the filter: the listed one, or the customer's
    std::string index = {};               ///< begins with the filter's field
};

/// Records that one of these leads to.
struct Gathered {
    std::vector<Lead> leads;
    std::uint64_t count = 0;  ///< some may be counted several times
};

/// The fewest that hold every record of the answer; nothing where no index tells that they are
/// at most `few`.
std::optional<Gathered> gather(Connection& db,
                               const query::Query& query,
                               PlaceTable places,
                               std::size_t few);

/// "t.rowid IN (…)".
std::string condition(Words& words,
                      const catalog::Kind& kind,
                      const Gathered& gathered,
                      PlaceTable places);

}  // namespace dossier::sqlite
