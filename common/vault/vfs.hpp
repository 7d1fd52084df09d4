// The SQLite VFS of one vault: hands SQLite the vault's own files and refuses every other.
#pragma once

#include <string>

#include <sqlite3.h>

#include "common/vault/database.hpp"

namespace dossier::vault {

/// Registered under a name of its own for as long as it lives. Every connection opened through it
/// must be closed before.
class Vfs {
  public:
    explicit Vfs(Database& db);
    Vfs(const Vfs&) = delete;
    Vfs& operator=(const Vfs&) = delete;
    ~Vfs();

    [[nodiscard]] const char* name() const { return name_.c_str(); }

  private:
    std::string name_;
    sqlite3_vfs vfs_{};
};

}  // namespace dossier::vault
