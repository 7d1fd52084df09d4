#include "server/store/sqlite/open.hpp"

#include "common/catalog/catalog.hpp"
#include "common/sqlite/migrate.hpp"

#include "server/store/sqlite/schema.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

/// False for a database that holds tables but carries another program's mark.
bool is_ours_or_new(sqlite::Connection& db) {
    auto mark = db.prepared("PRAGMA application_id");
    if (mark.step() && mark.number(0) == kOfficeApplicationId) return true;
    auto tables = db.prepared("SELECT 1 FROM sqlite_schema LIMIT 1");
    return !tables.step();
}

/// Look-ups by reference and by unique field: one index each, over filled values only. The common
/// references (creator, device) are in every row and never looked up: they have none.
void create_field_indexes(sqlite::Connection& db) {
    for (const catalog::Kind* kind : catalog::kinds()) {
        for (const catalog::Field& field : kind->fields) {
            if (field.type != catalog::Type::Ref && !field.unique) continue;
            const std::string table(kind->name);
            const std::string column(field.name);
            db.exec("CREATE INDEX IF NOT EXISTS \"office_" + table + "_by_" + column + "\" ON \"" +
                    table + "\"(\"" + column + "\", id) WHERE \"" + column + "\" IS NOT NULL");
        }
    }
}

}  // namespace

Status SqliteStore::prepare() {
    if (!is_ours_or_new(db_)) return fail(kForeignDatabase, options_.path);
    if (auto migrated = sqlite::migrate(db_, kOfficeSteps, kOfficeApplicationId); !migrated) {
        return migrated;
    }
    sqlite::Transaction tx(db_);
    create_field_indexes(db_);
    tx.commit();
    return {};
}

Result<std::unique_ptr<Store>> open_sqlite_store(const StoreOptions& options) {
    auto store = std::make_unique<SqliteStore>(options);
    if (auto prepared = store->prepare(); !prepared) return pass(prepared);
    return store;
}

}  // namespace dossier::server
