// Questions to record tables as SQL: what `common/query` says in plain code, answered by SQLite.
#pragma once

#include "common/query/query.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// More records are not worth fetching one by one: of 200,000 the list's own index then meets 50 of
/// them within 3,500 entries. A record fetched costs some 8 µs in a vault.
inline constexpr std::size_t kFew = 3'000;

/// Beside the kinds' own tables.
struct Lookout {
    /// The table with `id`, `kind` and `customer` of each record; empty where nobody asks for an
    /// extent of what belongs to customers.
    std::string_view places = {};
    std::size_t few = kFew;  ///< handed in by tests
};

/// Records of the asked page in the asked order.
std::vector<query::Hit> select_records(Connection& db,
                                       const query::Query& query,
                                       const Lookout& lookout = {});
/// How many records the query has, its page apart.
std::uint64_t count_records(Connection& db, const query::Query& query, const Lookout& lookout = {});
/// Ascending by the grouped values. Throws SQLite::Exception where a sum exceeds 64 bits.
std::vector<query::Group> fold_records(Connection& db, const query::Fold& fold);

}  // namespace dossier::sqlite
