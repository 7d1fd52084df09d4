// What SQLite asks of an open file, as a C++ interface; vfs.cpp puts it behind sqlite3_io_methods.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include <sqlite3.h>

#include "common/base/bytes.hpp"

namespace dossier::vault {

struct Database;

/// Logical offsets and sizes are those of unsealed content. Result codes are SQLite's.
class File {
  public:
    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    virtual ~File() = default;

    virtual int read(std::uint8_t* out, std::size_t amount, std::int64_t offset) = 0;
    virtual int write(ByteView bytes, std::int64_t offset) = 0;
    virtual int truncate(std::int64_t size) = 0;
    virtual int sync(int flags) = 0;
    virtual int size(std::int64_t& bytes) = 0;
    virtual int characteristics() = 0;

    // Only the main file is locked, controlled and has a wal-index.
    virtual int lock(int) { return SQLITE_OK; }
    virtual int unlock(int) { return SQLITE_OK; }
    virtual bool is_reserved() { return false; }
    virtual int control(int, void*) { return SQLITE_NOTFOUND; }
    virtual int index_map(int, int, bool, void volatile**) { return SQLITE_IOERR_SHMMAP; }
    virtual int index_lock(int, int, int) { return SQLITE_IOERR_SHMLOCK; }
    virtual void index_barrier() {}
    virtual void index_leave() {}
};

/// Opens `name` for SQLite; `file` stays empty on failure.
int open_main_file(
    Database& db, const char* name, int flags, int* out, std::unique_ptr<File>& file);
int open_wal_file(Database& db, const char* name, int flags, int* out, std::unique_ptr<File>& file);
/// A nameless file under a key that dies with it.
int open_temp_file(Database& db, int flags, int* out, std::unique_ptr<File>& file);

}  // namespace dossier::vault
