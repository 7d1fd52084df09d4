#include "common/sqlite/functions.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include "common/query/query.hpp"

namespace dossier::sqlite {
namespace {

void folded_text(sqlite3_context* context, int /*count*/, sqlite3_value** values) {
    const auto* text = sqlite3_value_text(values[0]);
    if (text == nullptr) {
        sqlite3_result_null(context);
        return;
    }
    const auto bytes = static_cast<std::size_t>(sqlite3_value_bytes(values[0]));
    const std::string folded = query::folded_text({reinterpret_cast<const char*>(text), bytes});
    sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

}  // namespace

void add_functions(sqlite3* db) {
    constexpr int kFlags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY;
    const int made = sqlite3_create_function(db, "folded_text", 1, kFlags, nullptr, folded_text,
                                             nullptr, nullptr);
    if (made != SQLITE_OK) throw SQLite::Exception(db, made);
}

}  // namespace dossier::sqlite
