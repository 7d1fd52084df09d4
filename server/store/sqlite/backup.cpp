// A consistent copy while the store is in use: SQLite's own copying through a second connection,
// into a folder that gets its name only when everything in it is on the disk.
#include <filesystem>

#include "common/vault/copy_file.hpp"
#include "common/vault/part_folder.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {

namespace fs = std::filesystem;

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

}  // namespace dossier::server
