// What lies in a laptop's search index, read past FTS5: also what it holds to be deleted.
#pragma once

#include <set>
#include <string>

#include "common/sqlite/connection.hpp"

namespace dossier::sim {

/// Every token in any segment of the index. Source: the page format in SQLite's fts5_index.c.
std::set<std::string> index_tokens(sqlite::Connection& db);

}  // namespace dossier::sim
