#include "tests/support/temp_store.hpp"

#include <stdlib.h>

#include "common/base/check.hpp"

namespace dossier::test {
namespace {

vault::VaultPaths paths_in(const std::filesystem::path& folder) {
    return {(folder / "office.db").string(), (folder / "office.keys").string()};
}

crypto::Secret data_key(const std::filesystem::path& folder, const vault::KeyFile& key_file) {
    auto key = vault::unlock(paths_in(folder), key_file);
    DOSSIER_CHECK(key.has_value());
    return std::move(*key);
}

}  // namespace

TempStore::TempStore(Kept how) : how_(how) {
    std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
    folder_ = name;
    if (how_ == Kept::InVault) DOSSIER_CHECK(vault::create(paths_in(folder_), key_file(), random_));
    reopen();
}

TempStore::~TempStore() {
    store_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void TempStore::reopen() {
    store_.reset();
    auto opened = how_ == Kept::InVault
                      ? open_copy(folder_)
                      : server::open_plain_store({.path = path(),
                                                  .durability = sqlite::Durability::Relaxed,
                                                  .cache_kib = 16 * 1024});
    DOSSIER_CHECK(opened.has_value());
    store_ = std::move(*opened);
}

Result<std::unique_ptr<server::Store>> TempStore::open_copy(const std::filesystem::path& folder) {
    return server::open_vault_store(paths_in(folder), data_key(folder, key_file()), random_);
}

std::string TempStore::image_in(const std::filesystem::path& folder) {
    auto vault = vault::Vault::open(paths_in(folder), data_key(folder, key_file()), random_);
    DOSSIER_CHECK(vault.has_value());
    sqlite::Connection db({.path = (*vault)->database_path(), .vfs = (*vault)->vfs_name()});
    DOSSIER_CHECK((*vault)->prepare(db.handle()).has_value());
    return image_of(db.handle());
}

}  // namespace dossier::test
