// A consistent copy while the store is in use: SQLite's own copying through a second connection,
// into a folder that gets its name only when everything in it is on the disk.
#include <filesystem>

#include <fcntl.h>
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

/// Copies a small file durably, for its owner alone.
bool copy_durably(const fs::path& from, const fs::path& to) {
    std::error_code error;
    if (!fs::copy_file(from, to, error)) return false;
    fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
    const int fd = ::open(to.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    const bool synced = ::fsync(fd) == 0;
    ::close(fd);
    return synced;
}

}  // namespace

Status SqliteStore::copy_into(const std::string& folder) {
    // A connection of its own: it sees the last commit, whatever the open unit has done.
    sqlite::Connection from(options_);
    const fs::path database = folder / fs::path(options_.path).filename();
    if (!shell_) {
        sqlite::Connection to({.path = database, .vfs = {}});
        from.copy_into(to);
        return {};
    }
    if (auto fit = shell_->vault->prepare(from.handle()); !fit) return fit;
    const fs::path slots = folder / fs::path(shell_->paths.slots).filename();
    const auto& key = shell_->data_key;
    auto made = vault::create_database(database, key.clone(), shell_->random);
    if (!made) return made;
    if (!copy_durably(shell_->paths.slots, slots)) return fail(kBackupFailed, slots, "copy");
    auto copy = vault::Vault::open({database, slots}, key.clone(), shell_->random);
    if (!copy) return pass(copy);
    sqlite::Connection to({.path = (*copy)->database_path(), .vfs = (*copy)->vfs_name()});
    if (auto fit = (*copy)->prepare(to.handle()); !fit) return fit;
    from.copy_into(to);
    return {};
}

Status SqliteStore::backup_to(const std::string& folder) {
    std::error_code error;
    if (fs::exists(folder, error)) return fail(kBackupExists, folder);
    const fs::path part = folder + ".part";
    fs::remove_all(part, error);  // of an attempt that was cut short
    if (!fs::create_directory(part, error)) return fail(kBackupFailed, folder, error.message());
    fs::permissions(part, fs::perms::owner_all, error);
    if (auto copied = copy_into(part); !copied) return copied;
    if (!sync_folder(part)) return fail(kBackupFailed, folder, "fsync");
    fs::rename(part, folder, error);
    if (error) return fail(kBackupFailed, folder, error.message());
    sync_folder(fs::absolute(folder).parent_path());
    return {};
}

}  // namespace dossier::server
