// What lies in a laptop's search index, also of documents it has forgotten and not yet cleaned up.
#pragma once

#include <set>
#include <string>

#include "common/sqlite/connection.hpp"

namespace dossier::sim {

/// Every token of any block of the index.
std::set<std::string> index_tokens(sqlite::Connection& db);

}  // namespace dossier::sim
