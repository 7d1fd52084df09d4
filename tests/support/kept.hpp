// How the store of a test lies on the disk, and every byte of it as SQLite reads it.
#pragma once

#include <string>

#include <sqlite3.h>

#include "common/base/check.hpp"

namespace dossier::test {

enum class Kept : unsigned char { Plain, InVault };

/// All pages, opened, those nobody uses any more included.
inline std::string image_of(sqlite3* database) {
    sqlite3_int64 size = 0;
    unsigned char* const pages = sqlite3_serialize(database, "main", &size, 0);
    DOSSIER_CHECK(pages != nullptr);
    std::string image(reinterpret_cast<const char*>(pages), static_cast<std::size_t>(size));
    sqlite3_free(pages);
    return image;
}

}  // namespace dossier::test
