// Questions to record tables as SQL: what `common/query` says in plain code, answered by SQLite.
#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "common/query/query.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// More records are not worth fetching one by one: of 200,000 the list's own index then meets 50 of
/// them within 3,500 entries. A record fetched costs some 8 µs in a vault.
inline constexpr std::size_t kFew = 3'000;
/// Where it does not meet them, for they lie together elsewhere in the list, so many are fetched
/// before the rest of it is walked: a tenth of such a list.
inline constexpr std::size_t kMany = 20'000;
/// Steps of SQLite's machine for each record of the page after which a walk is broken off to look
/// for them: those 3,500 entries take so many for 50. Shorter pages have as many as one of 50.
inline constexpr int kPatience = 500;

using RowNumbers = std::vector<std::int64_t>;

/// Beside the kinds' own tables.
struct Lookout {
    /// The table with `id`, `kind` and `customer` of each record; empty where nobody asks for an
    /// extent of what belongs to customers.
    std::string_view places = {};
    /// Numbers of the rows that may pass a filter by a part of a text: all that do, removed records
    /// apart, and some others. Nothing where that is not known, or they are more than `most`.
    std::function<std::optional<RowNumbers>(
        const catalog::Kind& kind, const query::Filter& filter, std::size_t most)>
        rows_with = {};
    // Handed in by tests.
    std::size_t few = kFew;
    std::size_t many = kMany;
    int patience = kPatience;
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
