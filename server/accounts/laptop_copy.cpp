#include "server/accounts/laptop_copy.hpp"

#include <filesystem>

#include "common/base/text.hpp"
#include "common/sqlite/connection.hpp"
#include "common/vault/vault.hpp"

namespace dossier::server {
namespace {

vault::VaultPaths paths_in(const std::string& folder) {
    return {folder + "/dossier.db", folder + "/dossier.keys"};
}

vault::RecoveryKey way_in(const OfficeKeys& keys) {
    return {crypto::key_pair_of(keys.recovery.secret_key.view())};
}

Bytes small_thing(sqlite::Connection& db, std::string_view key) {
    auto row = db.prepared("SELECT value FROM meta WHERE key=?1");
    return row.bind(key).step() ? row.bytes(0) : Bytes{};
}

/// A laptop whose program is older seals nothing.
bool knows_sealing(sqlite::Connection& db) {
    auto row = db.prepared("SELECT 1 FROM pragma_table_info('outbox') WHERE name='sealed'");
    return row.step();
}

UnsentWork read_outbox(sqlite::Connection& db) {
    UnsentWork work;
    work.device = DeviceId::from(small_thing(db, "device")).value_or(DeviceId{});
    {
        auto row = db.prepared("SELECT oseq, hash FROM outbox ORDER BY oseq DESC LIMIT 1");
        if (row.step()) {
            work.last = row.counter(0);
            work.head = row.fixed<32>(1);
        }
    }
    const std::string sealed = knows_sealing(db) ? "sealed" : "0";
    auto row =
        db.prepared("SELECT oseq, prev, body, " + sealed +
                    " FROM outbox WHERE verdicts IS NULL AND body IS NOT NULL ORDER BY oseq");
    while (row.step())
        work.entries.push_back(
            {row.counter(0), row.fixed<32>(1), row.bytes(2), row.number(3) != 0});
    return work;
}

}  // namespace

Result<UnsentWork> read_unsent(const std::string& folder,
                               const OfficeKeys& keys,
                               crypto::Random& random) {
    const auto paths = paths_in(folder);
    std::error_code error;
    if (!std::filesystem::exists(paths.database, error)) return fail(kNoLaptop, folder);
    auto key = vault::unlock(paths, way_in(keys));
    if (!key) return pass(key);
    auto vault = vault::Vault::open(paths, std::move(*key), random);
    if (!vault) return pass(vault);
    sqlite::Connection db({.path = (*vault)->database_path(), .vfs = (*vault)->vfs_name()});
    if (auto sound = (*vault)->prepare(db.handle()); !sound) return pass(sound);
    return read_outbox(db);
}

Status set_passphrase(const std::string& folder,
                      const OfficeKeys& keys,
                      std::string_view passphrase,
                      crypto::Random& random) {
    constexpr std::size_t kCharactersMin = 8;
    const auto canonical = canonical_text(passphrase);
    if (!canonical || character_count(*canonical) < kCharactersMin) return fail(kShortPassphrase);
    const vault::Unlock next(vault::Passphrase{crypto::Secret::copy(bytes_of(*canonical))});
    return vault::add_slot(paths_in(folder), way_in(keys), next, random);
}

}  // namespace dossier::server
