// Rows of the tables the catalog describes: one row a record, one column a field. Used by both
// stores; SQL text is derived once per kind and kept.
#pragma once

#include <optional>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// Creates the table of every kind that is missing and adds columns the catalog has gained.
/// Inside the caller's transaction.
void create_record_tables(Connection& db);

/// Every non-empty field of a record; nullopt when there is no row.
std::optional<FieldValues> load_record(Connection& db,
                                       const catalog::Kind& kind,
                                       const RecordId& id);
/// The non-empty fields of one facet; empty when there is no row.
FieldValues load_facet(Connection& db,
                       const catalog::Kind& kind,
                       const RecordId& id,
                       catalog::Facet facet);
/// Makes the row hold exactly `values`; fields not named become empty. Inserts or replaces.
void store_record(Connection& db,
                  const catalog::Kind& kind,
                  const RecordId& id,
                  const FieldValues& values);
/// Makes the row unless there is one. True when there was none.
bool insert_record(Connection& db,
                   const catalog::Kind& kind,
                   const RecordId& id,
                   const FieldValues& values);
/// Makes the columns of one facet hold exactly the part of `values` in it; inserts the row if
/// missing.
void store_facet(Connection& db,
                 const catalog::Kind& kind,
                 const RecordId& id,
                 catalog::Facet facet,
                 const FieldValues& values);
/// Removes the row. True when there was one.
bool erase_record(Connection& db, const catalog::Kind& kind, const RecordId& id);

}  // namespace dossier::sqlite
