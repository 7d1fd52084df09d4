// Questions to record tables as SQL: what `common/query` says in plain code, answered by SQLite.
#pragma once

#include "common/query/query.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// Records of the asked page in the asked order.
std::vector<query::Hit> select_records(Connection& db, const query::Query& query);
/// How many records the query has, its page apart.
std::uint64_t count_records(Connection& db, const query::Query& query);
/// Ascending by the grouped values. Throws SQLite::Exception where a sum exceeds 64 bits.
std::vector<query::Group> fold_records(Connection& db, const query::Fold& fold);

/// The index that lists of this kind walk: its usual order, then the fields people filter by. Made
/// once, also anew when the kind asks for other fields. Nothing for kinds without `list_order`.
void ensure_list_index(Connection& db, const catalog::Kind& kind);

}  // namespace dossier::sqlite
