#include "common/sqlite/read_only.hpp"

#include <sqlite3.h>

namespace dossier::sqlite {

bool is_read_only(const Connection& db) {
    return sqlite3_db_readonly(db.handle(), "main") == 1;
}

}  // namespace dossier::sqlite
