// The office's daily backups on disk: a folder for each, named by when it was begun. Making one,
// copying it to a second folder, and taking old ones away. Source: domain, D-47.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/time/clock.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

inline constexpr Fault kNoBackupFolder{
    "backup.no_folder",
    ErrorCode::NoSpace,
    {"备份目录 {} 不存在或不是目录", "the backup folder {} is not there, or is none"},
    {"检查磁盘是否已挂载、设置是否正确", "see whether its disk is mounted and the setting right"}};

/// "dossier-2026-03-02-0230", in office time. A folder has this name only when the backup in it is
/// whole and was read again.
std::string backup_name(Instant begun);
/// When a backup of this name was begun. Errors: nullopt for another name.
std::optional<Instant> backup_time(std::string_view name);

/// Makes a backup in `folder`, reads it again and gives it its name; the path. Outside units.
/// Errors: backup.no_folder, those of Store::backup_to and Store::check_backup.
Result<std::string> make_backup(Store& store, const std::string& folder, Instant now);
/// Copies a backup into `second`, likewise. Errors: as above, those of vault::copy_file.
Result<std::string> copy_backup(Store& store, const std::string& backup, const std::string& second);

struct Pruned {
    std::size_t removed = 0;
    std::size_t kept = 0;
    std::vector<Error> refused = {};  ///< of folders whose time is over and that could not go
};
/// Takes away what attempts that were cut short left in `folder`, and the backups of this store
/// begun more than `keep_days` before `now`; never the newest whole one (`newest` when that is
/// known), nor a folder that is not a backup of this store. Outside units.
Pruned prune_backups(Store& store,
                     const std::string& folder,
                     Instant now,
                     std::int64_t keep_days,
                     std::string_view newest = {});

/// Whether two folders lie on one disk, as far as the system tells.
bool on_one_disk(const std::string& one, const std::string& other);

}  // namespace dossier::server
