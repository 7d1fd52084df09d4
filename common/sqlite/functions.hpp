// What our own SQL calls beyond SQLite's functions.
#pragma once

struct sqlite3;

namespace dossier::sqlite {

/// `folded_text(X)`: `query::folded_text` of a text, NULL of NULL. Not callable from the schema of
/// a database somebody else made. Throws SQLite::Exception.
void add_functions(sqlite3* db);

}  // namespace dossier::sqlite
