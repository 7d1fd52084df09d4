// SQL of the tables that keep records, as text derived from the catalog. No connection here.
#pragma once

#include <string>
#include <vector>

#include "common/catalog/catalog.hpp"

namespace dossier::catalog {

/// CREATE TABLE of one kind: `id` (16 bytes) and one column per field in tag order; STRICT.
/// Uniqueness is judged by the door, not by SQL: rows that are merged or deleted do not count.
std::string create_table(const Kind& kind);

/// ALTER TABLE … ADD COLUMN for every field not among the `existing` column names, in tag order.
/// Afterwards the table has the columns of `create_table`, the new ones last.
std::vector<std::string> add_columns(const Kind& kind, const std::vector<std::string>& existing);

/// Quoted column names in tag order, separated by commas, without `id`.
std::string column_list(const Kind& kind);

/// INTEGER, TEXT or BLOB.
std::string_view sql_type(const Field& field);

}  // namespace dossier::catalog
