#include "server/store/sqlite/open.hpp"

#include "common/base/text.hpp"
#include "common/catalog/catalog.hpp"
#include "common/sqlite/migrate.hpp"

#include "server/store/sqlite/schema.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

/// False for a database that holds tables but not the office's: another program's, a laptop's.
bool is_ours_or_new(sqlite::Connection& db) {
    auto tables =
        db.prepared("SELECT count(*), coalesce(sum(name='office_record'), 0) FROM sqlite_schema");
    return tables.step() && (tables.number(0) == 0 || tables.number(1) == 1);
}

/// Look-ups by reference and by unique field: one index each, over filled values only. The common
/// references (creator, device) are in every row and never looked up: they have none.
void create_field_indexes(sqlite::Connection& db) {
    for (const catalog::Kind* kind : catalog::kinds()) {
        for (const catalog::Field& field : kind->fields) {
            if (field.type != catalog::Type::Ref && !field.unique) continue;
            constexpr std::string_view kSql =
                R"(CREATE INDEX IF NOT EXISTS "office_{}_by_{}" ON "{}"("{}", id) )"
                R"(WHERE "{}" IS NOT NULL)";
            const std::string table(kind->name);
            const std::string column(field.name);
            const std::string args[] = {table, column, table, column, column};
            db.exec(fill(kSql, args));
        }
    }
}

}  // namespace

Status SqliteStore::prepare() {
    if (shell_) {
        if (auto fit = shell_->vault->prepare(db_.handle()); !fit) return fit;
    }
    if (!is_ours_or_new(db_)) return fail(kForeignDatabase, options_.path);
    if (auto migrated = sqlite::migrate(db_, kOfficeSteps, kOfficeApplicationId); !migrated) {
        return migrated;
    }
    sqlite::Transaction tx(db_);
    create_field_indexes(db_);
    renew_customer_keys();
    tend_lists();
    tx.commit();
    return {};
}

Result<std::unique_ptr<Store>> open_vault_store(const vault::VaultPaths& paths,
                                                crypto::Secret data_key,
                                                crypto::Random& random,
                                                int cache_kib) {
    auto vault = vault::Vault::open(paths, data_key.clone(), random);
    if (!vault) return pass(vault);
    const sqlite::OpenOptions options{
        .path = (*vault)->database_path(), .vfs = (*vault)->vfs_name(), .cache_kib = cache_kib};
    vault::Vault& lent = **vault;
    std::unique_ptr<SqliteStore> store;
    try {
        // The vault outlives a connection that cannot be opened: it knows why.
        store = std::make_unique<SqliteStore>(options, std::nullopt);
        store->keep(Shell{std::move(*vault), paths, std::move(data_key), random});
        if (auto prepared = store->prepare(); !prepared) return pass(prepared);
    } catch (const std::exception&) {
        // SQLite has a number only; the vault knows which page it was.
        if (auto fault = lent.last_fault()) return tl::unexpected(std::move(*fault));
        throw;
    }
    return store;
}

Result<std::unique_ptr<Store>> open_plain_store(const PlainOptions& options) {
    auto store = std::make_unique<SqliteStore>(sqlite::OpenOptions{.path = options.path,
                                                                   .vfs = options.vfs,
                                                                   .durability = options.durability,
                                                                   .cache_kib = options.cache_kib},
                                               std::nullopt);
    if (auto prepared = store->prepare(); !prepared) return pass(prepared);
    return store;
}

}  // namespace dossier::server
