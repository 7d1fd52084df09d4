// The few records an answer can consist of, where an index tells that they are few: they are
// fetched and put in order, however long the list is they stand in. Walking the list until enough
// of them are met would read all of it.
#pragma once

#include <optional>

#include "common/sqlite/conditions.hpp"
#include "common/sqlite/select.hpp"

namespace dossier::sqlite {

/// Numbers of the rows that hold every record of the answer, in order; nothing where no index tells
/// that they are at most `few`.
std::optional<RowNumbers> gather(Connection& db,
                                 const query::Query& query,
                                 const Lookout& lookout,
                                 std::size_t few);

/// "t.rowid IN (…)".
std::string condition(Words& words, const RowNumbers& rows);

}  // namespace dossier::sqlite
