// A vault on a disk in memory, with the few SQL words its tests need.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>

#include <sqlite3.h>

#include "common/vault/vault.hpp"

#include "tests/support/fault_vfs.hpp"

namespace dossier::test {

/// A folder of its own, removed with everything in it.
class Folder {
  public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    [[nodiscard]] std::string path(const std::string& name) const { return path_ + "/" + name; }

  private:
    std::string path_;
};

/// One connection, closed with its owner. Methods return SQLite's extended result codes.
class Sql {
  public:
    Sql(const std::string& path, const char* vfs);
    Sql(const Sql&) = delete;
    Sql& operator=(const Sql&) = delete;
    ~Sql();

    [[nodiscard]] int opened() const { return opened_; }
    [[nodiscard]] sqlite3* handle() const { return db_; }
    int exec(const std::string& sql);
    /// All rows, columns separated by '|', rows by a line feed; "error <code>" on failure.
    std::string ask(const std::string& sql);

  private:
    sqlite3* db_ = nullptr;
    int opened_ = SQLITE_OK;
};

/// An open vault with one prepared connection.
struct Session {
    Session() = default;
    Session(std::unique_ptr<vault::Vault> opened, std::unique_ptr<Sql> connection)
        : vault(std::move(opened)), sql(std::move(connection)) {}
    Session(Session&&) = default;
    /// Connections go before their vault.
    Session& operator=(Session&& other) noexcept {
        sql = std::move(other.sql);
        vault = std::move(other.vault);
        return *this;
    }
    ~Session() = default;

    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<Sql> sql;
    int exec(const std::string& text) { return sql->exec(text); }
    std::string ask(const std::string& text) { return sql->ask(text); }
};

/// A vault whose files live on `vfs.disk`; only its process lock is a real file.
class Office {
  public:
    explicit Office(const std::string& vfs_name = "fault");

    Result<Session> open();
    /// For tests that expect success.
    Session enter();
    /// Closes everything and opens again; text of the first fault, or "ok <integrity_check>".
    std::string inspect();

    [[nodiscard]] std::string database() const { return paths_.database; }
    [[nodiscard]] const vault::VaultPaths& paths() const { return paths_; }
    [[nodiscard]] vault::Below below() const { return {vfs.name(), version_log_bytes}; }
    [[nodiscard]] crypto::Secret key() const { return key_.clone(); }
    Bytes& bytes(const std::string& suffix);
    [[nodiscard]] bool has(const std::string& suffix) const;

    FaultVfs vfs;
    crypto::SystemRandom random;
    std::size_t version_log_bytes = 256 * 1024;

  private:
    Folder folder_;
    vault::VaultPaths paths_;
    crypto::Secret key_;
};

}  // namespace dossier::test
