// The SQLite store in a vault under the contract: as the office runs it.
#include <filesystem>

#include <stdlib.h>

#include "common/base/check.hpp"

#include "server/store/sqlite/open.hpp"
#include "tests/contract/store_contract.hpp"

namespace dossier::server::contract {
namespace {

namespace fs = std::filesystem;

class VaultOffice final : public Office {
  public:
    VaultOffice() {
        std::string name = (fs::temp_directory_path() / "dossier-XXXXXX").string();
        DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
        key_ = vault::KeyFile{(folder_ / "office.key").string()};
        DOSSIER_CHECK(vault::create(paths(folder_), key_, random_).has_value());
        store_ = open(folder_);
        DOSSIER_CHECK(store_ != nullptr);
    }
    ~VaultOffice() override {
        store_.reset();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    Store& store() override { return *store_; }
    void reopen() override {
        store_.reset();
        store_ = open(folder_);
        DOSSIER_CHECK(store_ != nullptr);
    }
    std::string new_folder() override {
        return (folder_ / ("copy" + std::to_string(++copies_))).string();
    }
    std::unique_ptr<Store> open_backup(const std::string& folder) override { return open(folder); }

  private:
    static vault::VaultPaths paths(const fs::path& folder) {
        return {(folder / "dossier.db").string(), (folder / "dossier.keys").string()};
    }
    std::unique_ptr<Store> open(const fs::path& folder) {
        auto data_key = vault::unlock(paths(folder), key_);
        if (!data_key) return nullptr;
        auto opened = open_vault_store(paths(folder), std::move(*data_key), random_, 4096);
        return opened ? std::move(*opened) : nullptr;
    }

    crypto::SystemRandom random_;
    fs::path folder_;
    vault::Unlock key_{vault::KeyFile{}};
    std::unique_ptr<Store> store_;
    int copies_ = 0;
};

}  // namespace

std::unique_ptr<Office> make_office() {
    return std::make_unique<VaultOffice>();
}

}  // namespace dossier::server::contract
