#include "common/vault/vfs.hpp"

#include <atomic>
#include <new>
#include <string_view>

#include "common/base/check.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/file.hpp"

namespace dossier::vault {
namespace {

/// SQLite's view of an open file: its methods, then ours.
struct Handle {
    sqlite3_file base;
    File* file;
};

File& file_of(sqlite3_file* handle) {
    return *reinterpret_cast<Handle*>(handle)->file;
}
Database& database_of(sqlite3_vfs* vfs) {
    return *static_cast<Database*>(vfs->pAppData);
}

/// No exception may cross SQLite's C frames.
template <class Work>
int guarded(Work&& work) noexcept {
    try {
        return work();
    } catch (const std::bad_alloc&) {
        return SQLITE_IOERR_NOMEM;
    }
}

int close(sqlite3_file* f) {
    auto* handle = reinterpret_cast<Handle*>(f);
    delete handle->file;
    handle->file = nullptr;
    handle->base.pMethods = nullptr;
    return SQLITE_OK;
}
int read(sqlite3_file* f, void* out, int amount, sqlite3_int64 offset) {
    return guarded([&] {
        return file_of(f).read(static_cast<std::uint8_t*>(out), static_cast<std::size_t>(amount),
                               offset);
    });
}
int write(sqlite3_file* f, const void* bytes, int amount, sqlite3_int64 offset) {
    return guarded([&] {
        const auto* from = static_cast<const std::uint8_t*>(bytes);
        return file_of(f).write({from, static_cast<std::size_t>(amount)}, offset);
    });
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
    return guarded([&] { return file_of(f).truncate(size); });
}
int sync(sqlite3_file* f, int flags) {
    return guarded([&] { return file_of(f).sync(flags); });
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
    return guarded([&] {
        std::int64_t bytes = 0;
        const int rc = file_of(f).size(bytes);
        *size = bytes;
        return rc;
    });
}
int lock(sqlite3_file* f, int level) {
    return file_of(f).lock(level);
}
int unlock(sqlite3_file* f, int level) {
    return file_of(f).unlock(level);
}
int check_reserved(sqlite3_file* f, int* reserved) {
    *reserved = file_of(f).is_reserved() ? 1 : 0;
    return SQLITE_OK;
}
int control(sqlite3_file* f, int op, void* arg) {
    return guarded([&] { return file_of(f).control(op, arg); });
}
int sector_size(sqlite3_file*) {
    return static_cast<int>(kPageBytes);
}
int characteristics(sqlite3_file* f) {
    return file_of(f).characteristics();
}
int shm_map(sqlite3_file* f, int region, int bytes, int extend, void volatile** out) {
    return guarded([&] { return file_of(f).index_map(region, bytes, extend != 0, out); });
}
int shm_lock(sqlite3_file* f, int first, int count, int flags) {
    return file_of(f).index_lock(first, count, flags);
}
void shm_barrier(sqlite3_file* f) {
    file_of(f).index_barrier();
}
int shm_unmap(sqlite3_file* f, int) {
    file_of(f).index_leave();
    return SQLITE_OK;
}

/// Version 2: no xFetch, hence no memory map of sealed bytes.
constexpr sqlite3_io_methods kMethods{2,
                                      close,
                                      read,
                                      write,
                                      truncate,
                                      sync,
                                      file_size,
                                      lock,
                                      unlock,
                                      check_reserved,
                                      control,
                                      sector_size,
                                      characteristics,
                                      shm_map,
                                      shm_lock,
                                      shm_barrier,
                                      shm_unmap,
                                      nullptr,
                                      nullptr};

int open_file(Database& db, const char* name, int flags, int* out, std::unique_ptr<File>& file) {
    if (name == nullptr) return open_temp_file(db, flags, out, file);
    const auto kind = static_cast<unsigned>(flags);
    if ((kind & SQLITE_OPEN_MAIN_DB) != 0 && db.path == name) {
        return open_main_file(db, name, flags, out, file);
    }
    if ((kind & SQLITE_OPEN_WAL) != 0 && db.wal_path == name) {
        return open_wal_file(db, name, flags, out, file);
    }
    // Another database (ATTACH, VACUUM INTO) or a rollback journal: nothing of a vault is ever
    // written there.
    return db.faults.put(SQLITE_CANTOPEN, {&kForeignFile, {name}});
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* f, int flags, int* out) {
    auto* handle = reinterpret_cast<Handle*>(f);
    handle->base.pMethods = nullptr;
    return guarded([&] {
        std::unique_ptr<File> file;
        const int rc = open_file(database_of(vfs), name, flags, out, file);
        if (rc != SQLITE_OK) return rc;
        handle->file = file.release();
        handle->base.pMethods = &kMethods;
        return SQLITE_OK;
    });
}
int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
    return guarded([&] {
        Database& db = database_of(vfs);
        if (db.wal_path != name) return SQLITE_OK;  // a journal, which there never is
        int rc = db.checked(db.versions.store(db.wal.mark()));
        if (rc == SQLITE_OK) rc = db.base.xDelete(&db.base, name, sync_directory);
        if (rc == SQLITE_OK) db.wal.forget();
        return rc;
    });
}
int access(sqlite3_vfs* vfs, const char* name, int flags, int* out) {
    Database& db = database_of(vfs);
    *out = 0;
    // A journal beside a vault was refused when it was opened; it must never be played back.
    if (db.path != name && db.wal_path != name) return SQLITE_OK;
    return db.base.xAccess(&db.base, name, flags, out);
}
int full_path(sqlite3_vfs* vfs, const char* name, int bytes, char* out) {
    sqlite3_vfs& base = database_of(vfs).base;
    return base.xFullPathname(&base, name, bytes, out);
}

void* no_library(sqlite3_vfs*, const char*) {
    return nullptr;
}
void no_library_error(sqlite3_vfs*, int bytes, char* out) {
    sqlite3_snprintf(bytes, out, "extensions are not loaded");
}
using Symbol = void (*)();
Symbol no_symbol(sqlite3_vfs*, void*, const char*) {
    return nullptr;
}
void close_no_library(sqlite3_vfs*, void*) {}

int randomness(sqlite3_vfs* vfs, int bytes, char* out) {
    sqlite3_vfs& base = database_of(vfs).base;
    return base.xRandomness(&base, bytes, out);
}
int sleep(sqlite3_vfs* vfs, int microseconds) {
    sqlite3_vfs& base = database_of(vfs).base;
    return base.xSleep(&base, microseconds);
}
int current_time(sqlite3_vfs* vfs, double* julian_day) {
    sqlite3_vfs& base = database_of(vfs).base;
    return base.xCurrentTime(&base, julian_day);
}
int last_error(sqlite3_vfs* vfs, int bytes, char* out) {
    sqlite3_vfs& base = database_of(vfs).base;
    return base.xGetLastError(&base, bytes, out);
}
int current_time_ms(sqlite3_vfs* vfs, sqlite3_int64* julian_ms) {
    sqlite3_vfs& base = database_of(vfs).base;
    return base.xCurrentTimeInt64(&base, julian_ms);
}

std::string next_name() {
    static std::atomic<unsigned> made{0};
    return "dossier-vault-" + std::to_string(++made);
}

}  // namespace

Vfs::Vfs(Database& db) : name_(next_name()) {
    vfs_.iVersion = 2;
    vfs_.szOsFile = static_cast<int>(sizeof(Handle));
    vfs_.mxPathname = db.base.mxPathname;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = &db;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = access;
    vfs_.xFullPathname = full_path;
    vfs_.xDlOpen = no_library;
    vfs_.xDlError = no_library_error;
    vfs_.xDlSym = no_symbol;
    vfs_.xDlClose = close_no_library;
    vfs_.xRandomness = randomness;
    vfs_.xSleep = sleep;
    vfs_.xCurrentTime = current_time;
    vfs_.xGetLastError = last_error;
    vfs_.xCurrentTimeInt64 = current_time_ms;
    DOSSIER_CHECK(sqlite3_vfs_register(&vfs_, 0) == SQLITE_OK);
}

Vfs::~Vfs() {
    sqlite3_vfs_unregister(&vfs_);
}

}  // namespace dossier::vault
