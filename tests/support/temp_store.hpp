// A fresh office store in a folder of its own under the system's temporary folder, gone at the
// end. Unencrypted and without waiting for the disk unless it is asked for: for tests only.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <stdlib.h>

#include "common/base/check.hpp"
#include "common/crypto/random.hpp"

#include "server/store/sqlite/open.hpp"
#include "tests/support/kept.hpp"

namespace dossier::test {

class TempStore {
  public:
    explicit TempStore(Kept how = Kept::Plain) : how_(how) {
        std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
        DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        if (how_ == Kept::InVault)
            DOSSIER_CHECK(vault::create(paths(), vault::KeyFile{folder_ / "key"}, random_));
        reopen();
    }
    TempStore(const TempStore&) = delete;
    TempStore& operator=(const TempStore&) = delete;
    ~TempStore() {
        store_.reset();
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    server::Store& operator*() { return *store_; }
    server::Store* operator->() { return store_.get(); }
    /// Closes the store, an open unit of work included, and opens it again.
    void reopen() {
        store_.reset();
        auto opened = how_ == Kept::InVault ? open_copy(folder_) : open_plain();
        DOSSIER_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }
    /// A copy of a store in a vault, in another folder, opened by the same key.
    Result<std::unique_ptr<server::Store>> open_copy(const std::filesystem::path& folder) {
        return server::open_vault_store(paths_in(folder), data_key(folder), random_);
    }
    /// All pages of the store in a vault in this folder, which nobody has open.
    std::string image_in(const std::filesystem::path& folder) {
        auto vault = vault::Vault::open(paths_in(folder), data_key(folder), random_);
        DOSSIER_CHECK(vault.has_value());
        sqlite::Connection db({.path = (*vault)->database_path(), .vfs = (*vault)->vfs_name()});
        DOSSIER_CHECK((*vault)->prepare(db.handle()).has_value());
        return image_of(db.handle());
    }
    void close() { store_.reset(); }
    [[nodiscard]] std::string path() const { return (folder_ / "office.db").string(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    Result<std::unique_ptr<server::Store>> open_plain() {
        return server::open_plain_store(
            {.path = path(), .durability = sqlite::Durability::Relaxed, .cache_kib = 16 * 1024});
    }
    [[nodiscard]] static vault::VaultPaths paths_in(const std::filesystem::path& folder) {
        return {(folder / "office.db").string(), (folder / "office.keys").string()};
    }
    [[nodiscard]] vault::VaultPaths paths() const { return paths_in(folder_); }
    crypto::Secret data_key(const std::filesystem::path& folder) {
        auto key = vault::unlock(paths_in(folder), vault::KeyFile{folder_ / "key"});
        DOSSIER_CHECK(key.has_value());
        return std::move(*key);
    }

    Kept how_;
    crypto::SystemRandom random_;
    std::filesystem::path folder_;
    std::unique_ptr<server::Store> store_;
};

}  // namespace dossier::test
