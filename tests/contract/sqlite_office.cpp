// The SQLite store under the contract, unencrypted: quick.
#include "tests/contract/store_contract.hpp"
#include "tests/support/temp_store.hpp"

namespace dossier::server::contract {
namespace {

class SqliteOffice final : public Office {
  public:
    Store& store() override { return *store_; }
    void reopen() override { store_.reopen(); }
    std::string new_folder() override {
        return (store_.folder() / ("copy" + std::to_string(++copies_))).string();
    }
    std::unique_ptr<Store> open_backup(const std::string& folder) override {
        auto opened = open_plain_store({.path = folder + "/office.db"});
        return opened ? std::move(*opened) : nullptr;
    }

  private:
    test::TempStore store_;
    int copies_ = 0;
};

}  // namespace

std::unique_ptr<Office> make_office() {
    return std::make_unique<SqliteOffice>();
}

}  // namespace dossier::server::contract
