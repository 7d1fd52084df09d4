// A fresh office store in a folder of its own under the system's temporary folder, gone at the
// end. Unencrypted and without waiting for the disk: for tests only.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include <stdlib.h>

#include "common/base/check.hpp"

#include "server/store/sqlite/open.hpp"

namespace dossier::test {

class TempStore {
  public:
    TempStore() {
        std::string name = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
        DOSSIER_CHECK(::mkdtemp(name.data()) != nullptr);
        folder_ = name;
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
        auto opened = server::open_plain_store(
            {.path = path(), .durability = sqlite::Durability::Relaxed, .cache_kib = 16 * 1024});
        DOSSIER_CHECK(opened.has_value());
        store_ = std::move(*opened);
    }
    [[nodiscard]] std::string path() const { return (folder_ / "office.db").string(); }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

  private:
    std::filesystem::path folder_;
    std::unique_ptr<server::Store> store_;
};

}  // namespace dossier::test
