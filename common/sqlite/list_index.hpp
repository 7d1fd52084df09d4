// The indexes of lists. They are no part of the stored format: each program makes those it lacks.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "common/catalog/catalog.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// Of shorter lists every record is looked at in a few milliseconds.
inline constexpr std::uint64_t kLong = 10'000;

/// The index that lists of this kind walk: its usual order, then the fields people filter by. Made
/// once, also anew when the kind asks for other fields. Nothing for kinds without `list_order`.
void ensure_list_index(Connection& db, const catalog::Kind& kind);

/// One index each for the fields that find few records of a kind (`list_filters`, the people its
/// directory names, who made it) where none begins with them. They are for lists of `rows_min`
/// records at least: what is written into a long list one by one pays for each, while they are made
/// at once in a tenth of a second each.
void ensure_filter_indexes(Connection& db,
                           const catalog::Kind& kind,
                           std::uint64_t rows_min = kLong);

/// The name of the kind's list index; empty when the database has none.
std::string list_index(Connection& db, const catalog::Kind& kind);

/// Indexes of the kind's table by the column they begin with.
using Indexes = std::map<std::string, std::string, std::less<>>;
Indexes indexes_of(Connection& db, const catalog::Kind& kind);

}  // namespace dossier::sqlite
