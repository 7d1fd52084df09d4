// A consistent copy while the store is in use: SQLite's own copying through a second connection,
// into a folder that gets its name only when everything in it is on the disk.
#include <filesystem>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

namespace fs = std::filesystem;

/// Makes names in `folder` durable.
bool sync_folder(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    return synced;
}

/// Throws for a broken disk.
void copy_database(sqlite::Connection& from, sqlite::Connection& to) {
    sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
    if (copy == nullptr) throw SQLite::Exception(to.handle());
    const int rc = sqlite3_backup_step(copy, -1);
    sqlite3_backup_finish(copy);
    if (rc != SQLITE_DONE) throw SQLite::Exception("backup", rc);
    to.checkpoint_and_truncate();
}

}  // namespace

Status SqliteStore::backup_to(const std::string& folder) {
    std::error_code error;
    if (fs::exists(folder, error)) return fail(kBackupExists, folder);
    const fs::path part = folder + ".part";
    fs::remove_all(part, error);  // of an attempt that was cut short
    if (!fs::create_directory(part, error)) return fail(kBackupFailed, folder, error.message());
    fs::permissions(part, fs::perms::owner_all, error);
    {
        sqlite::Connection from({.path = options_.path, .vfs = options_.vfs});
        sqlite::Connection to(
            {.path = part / fs::path(options_.path).filename(), .vfs = options_.vfs});
        copy_database(from, to);
    }
    if (!sync_folder(part)) return fail(kBackupFailed, folder, "fsync");
    fs::rename(part, folder, error);
    if (error) return fail(kBackupFailed, folder, error.message());
    sync_folder(fs::absolute(folder).parent_path());
    return {};
}

}  // namespace dossier::server
