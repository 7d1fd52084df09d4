// A fresh office store in a folder of its own under the system's temporary folder, gone at the
// end. Unencrypted and without waiting for the disk unless it is asked for: for tests only.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "common/crypto/random.hpp"

#include "server/store/sqlite/open.hpp"
#include "tests/support/kept.hpp"

namespace dossier::test {

class TempStore {
  public:
    explicit TempStore(Kept how = Kept::Plain);
    TempStore(const TempStore&) = delete;
    TempStore& operator=(const TempStore&) = delete;
    ~TempStore();

    server::Store& operator*() { return *store_; }
    server::Store* operator->() { return store_.get(); }
    /// Closes the store, an open unit of work included, and opens it again.
    void reopen();
    /// A copy of a store in a vault, in another folder, opened by the same key.
    Result<std::unique_ptr<server::Store>> open_copy(const std::filesystem::path& folder);
    /// All pages of the store in a vault in this folder, which nobody has open.
    std::string image_in(const std::filesystem::path& folder);
    void close() { store_.reset(); }
    [[nodiscard]] std::string path() const { return (folder_ / "office.db").string(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    [[nodiscard]] vault::KeyFile key_file() const { return {folder_ / "key"}; }

    Kept how_;
    crypto::SystemRandom random_;
    std::filesystem::path folder_;
    std::unique_ptr<server::Store> store_;
};

}  // namespace dossier::test
