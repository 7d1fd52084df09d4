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

}  // namespace

LaptopCopy::LaptopCopy(std::unique_ptr<vault::Vault> vault)
    : vault_(std::move(vault)), db_({.path = vault_->database_path(), .vfs = vault_->vfs_name()}) {}

Result<std::unique_ptr<LaptopCopy>> LaptopCopy::open(const std::string& folder,
                                                     const OfficeKeys& keys,
                                                     crypto::Random& random) {
    const auto paths = paths_in(folder);
    std::error_code error;
    if (!std::filesystem::exists(paths.database, error)) return fail(kNoLaptop, folder);
    auto key = vault::unlock(paths, way_in(keys));
    if (!key) return pass(key);
    auto vault = vault::Vault::open(paths, std::move(*key), random);
    if (!vault) return pass(vault);
    vault::Vault& lent = **vault;
    std::unique_ptr<LaptopCopy> copy(new LaptopCopy(std::move(*vault)));
    if (auto sound = lent.prepare(copy->db_.handle()); !sound) return pass(sound);
    return copy;
}

/// A laptop whose program is older seals nothing, or knows no attachments.
bool LaptopCopy::knows(std::string_view table, std::string_view column) {
    auto row = db_.prepared("SELECT 1 FROM pragma_table_info(?1) WHERE name=?2");
    return row.bind(table, column).step();
}

/// Empty when it is not there.
Bytes LaptopCopy::meta(std::string_view key) {
    auto row = db_.prepared("SELECT value FROM meta WHERE key=?1");
    return row.bind(key).step() ? row.bytes(0) : Bytes{};
}

LaptopIdentity LaptopCopy::identity() {
    LaptopIdentity identity;
    identity.device = DeviceId::from(meta("device")).value_or(DeviceId{});
    identity.user = UserId::from(meta("user")).value_or(UserId{});
    const Bytes code = meta("device_code");
    identity.device_code = text_of(code);
    Bytes secret = meta("device_key");
    if (secret.size() == identity.public_key.size())
        identity.public_key = crypto::key_pair_of(secret).public_key;
    crypto::wipe(secret);
    return identity;
}

LaptopWork LaptopCopy::work() {
    LaptopWork work;
    work.device = DeviceId::from(meta("device")).value_or(DeviceId{});
    auto row = db_.prepared("SELECT oseq, hash, body, verdicts FROM outbox ORDER BY oseq");
    while (row.step()) {
        work.chain.push_back({row.counter(0), row.fixed<32>(1)});
        if (row.is_null(2)) work.last_forgotten = row.counter(0);
        if (row.is_null(3) && work.first_unsent == 0) work.first_unsent = row.counter(0);
    }
    return work;
}

std::vector<protocol::Frozen> LaptopCopy::entries(std::uint64_t from, std::size_t limit) {
    std::vector<protocol::Frozen> entries;
    const std::string sealed = knows("outbox", "sealed") ? "sealed" : "0";
    auto row = db_.prepared("SELECT oseq, prev, body, " + sealed +
                            " FROM outbox WHERE oseq>=?1 AND body IS NOT NULL ORDER BY oseq "
                            "LIMIT ?2");
    row.bind(from, std::uint64_t{limit});
    while (row.step())
        entries.push_back({row.counter(0), row.fixed<32>(1), row.bytes(2), row.number(3) != 0});
    return entries;
}

std::vector<RecordId> LaptopCopy::unsent_contents() {
    std::vector<RecordId> records;
    if (!knows("upload", "record")) return records;
    auto row = db_.prepared("SELECT record FROM upload ORDER BY record");
    while (row.step()) records.push_back(row.id<RecordId>(0));
    return records;
}

Status set_passphrase(const std::string& folder,
                      const OfficeKeys& keys,
                      std::string_view passphrase,
                      crypto::Random& random) {
    constexpr std::size_t kCharactersMin = 8;
    const auto canonical = composed_text(passphrase);
    if (!canonical || character_count(*canonical) < kCharactersMin) return fail(kShortPassphrase);
    const vault::Unlock next(vault::Passphrase{crypto::Secret::copy(bytes_of(*canonical))});
    return vault::add_slot(paths_in(folder), way_in(keys), next, random);
}

}  // namespace dossier::server
