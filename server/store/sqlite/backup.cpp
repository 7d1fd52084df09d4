// A consistent copy while the store is in use: SQLite's own copying through a second connection,
// into a folder that gets its name only when everything in it is on the disk.
#include <algorithm>
#include <array>
#include <filesystem>

#include "common/vault/copy_file.hpp"
#include "common/vault/part_folder.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {

namespace fs = std::filesystem;

namespace {

/// What SQLite and the vault put beside a database, by what they add to its name.
constexpr std::array<std::string_view, 7> kBeside{"",     "-versions", "-versions2", "-wal",
                                                  "-shm", "-journal",  "-lock"};

/// Whether everything in `folder` is a file of a database of this name, or `slots`.
bool holds_only(const std::string& folder, const std::string& database, const std::string& slots) {
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
        const std::string name = entry.path().filename();
        const bool ours =
            name == slots || std::ranges::any_of(kBeside, [&](std::string_view beside) {
                return name == database + std::string(beside);
            });
        if (!ours || !entry.is_regular_file() || entry.is_symlink()) return false;
    }
    return !unreadable;
}

Status check_plain(const fs::path& database, BackupCheck how) {
    if (!fs::is_regular_file(database)) return fail(vault::kMissing, database.string());
    sqlite::Connection db({.path = database, .vfs = {}});
    auto found = db.prepared(how == BackupCheck::Opens
                                 ? "SELECT 'ok' FROM sqlite_schema WHERE name='office_record'"
                                 : "PRAGMA integrity_check(1)");
    if (!found.step() || found.text(0) != "ok") return fail(kNotABackup, database.string());
    return {};
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
    if (auto copied = vault::copy_file(shell_->paths.slots, slots); !copied) return copied;
    auto copy = vault::Vault::open({database, slots}, key.clone(), shell_->random);
    if (!copy) return pass(copy);
    sqlite::Connection to({.path = (*copy)->database_path(), .vfs = (*copy)->vfs_name()});
    if (auto fit = (*copy)->prepare(to.handle()); !fit) return fit;
    from.copy_into(to);
    return {};
}

Status SqliteStore::backup_to(const std::string& folder) {
    if (vault::is_there(folder)) return fail(kBackupExists, folder);
    const auto place = vault::part_of(folder);
    auto part = vault::PartFolder::make(place);
    if (!part && part.error().is(vault::kExists)) return fail(kBackupExists, place);
    if (!part) return pass(part);
    if (auto copied = copy_into(part->path()); !copied) return copied;
    return part->finish(folder);
}

Status SqliteStore::check_backup(const std::string& folder, BackupCheck how) {
    std::error_code unknown;
    if (fs::is_symlink(folder, unknown) || vault::is_part_folder(folder))
        return fail(kNotABackup, folder);
    const fs::path database = folder / fs::path(options_.path).filename();
    if (!shell_) return check_plain(database, how);
    const fs::path slots = folder / fs::path(shell_->paths.slots).filename();
    if (!vault::is_there(slots)) return fail(vault::kSlotsMissing, slots.string());
    const auto copy =
        vault::Vault::open({database, slots}, shell_->data_key.clone(), shell_->random);
    if (!copy) return tl::unexpected(copy.error());
    return how == BackupCheck::Opens ? Status{} : (*copy)->verify();
}

Status SqliteStore::remove_backup(const std::string& folder) {
    if (auto ours = check_backup(folder, BackupCheck::Opens); !ours) return ours;
    const std::string database = fs::path(options_.path).filename();
    const std::string slots =
        shell_ ? fs::path(shell_->paths.slots).filename().string() : std::string();
    if (!holds_only(folder, database, slots)) return fail(kNotABackup, folder);
    return vault::throw_away(folder);
}

}  // namespace dossier::server
