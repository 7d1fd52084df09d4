// Whether a store can be changed at all.
#pragma once

#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

/// The files, or their folder, may not be written: every change ends with SQLITE_READONLY, which is
/// kNoSpace to people.
bool is_read_only(const Connection& db);

}  // namespace dossier::sqlite
