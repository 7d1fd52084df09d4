// One file of the VFS below the vault's. Result codes are SQLite's; the file closes with its owner.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <sqlite3.h>

#include "common/base/bytes.hpp"

namespace dossier::vault {

class BaseFile {
  public:
    BaseFile() = default;
    BaseFile(const BaseFile&) = delete;
    BaseFile& operator=(const BaseFile&) = delete;
    ~BaseFile();

    /// `name` as SQLite hands it to xOpen, or nullptr for a nameless file.
    int open(sqlite3_vfs& base, const char* name, int flags, int* flags_out = nullptr);
    /// For files the vault opens itself: adds the zero bytes SQLite's naming rule asks for.
    int open(sqlite3_vfs& base, const std::string& path, int flags);
    void close();
    [[nodiscard]] bool is_open() const { return file_ != nullptr; }

    /// SQLITE_IOERR_SHORT_READ fills the missing bytes with zeros.
    int read(std::uint8_t* out, std::size_t amount, std::int64_t offset);
    int write(ByteView bytes, std::int64_t offset);
    int truncate(std::int64_t size);
    int sync(int flags);
    int size(std::int64_t& bytes);
    int control(int op, void* arg);
    int characteristics();

  private:
    std::string name_;
    std::unique_ptr<std::uint64_t[]> memory_;
    sqlite3_file* file_ = nullptr;
};

/// True when `path` exists in `base` and is not empty.
bool exists(sqlite3_vfs& base, const std::string& path);

}  // namespace dossier::vault
