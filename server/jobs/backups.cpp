#include "server/jobs/backups.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>

#include <sys/stat.h>

#include "common/vault/copy_file.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/part_folder.hpp"
#include "common/vault/process_lock.hpp"

namespace dossier::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kHead = "dossier-";
/// A backup that was not read again yet.
constexpr std::string_view kUnread = ".unread";
/// The process lock of a vault belongs to whoever has it open, not to the data.
constexpr std::string_view kLock = "-lock";

std::string inside(const std::string& folder, std::string_view name) {
    return (fs::path(folder) / name).string();
}

bool is_folder(const std::string& path) {
    std::error_code unknown;
    return fs::is_directory(path, unknown);
}

/// Names of what lies in `folder`, newest backup first.
std::vector<std::string> names_in(const std::string& folder) {
    std::vector<std::string> names;
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(folder, unreadable))
        names.push_back(entry.path().filename());
    std::ranges::sort(names, std::greater<>());
    return names;
}

/// The time in the name of what an attempt left: ".unread", ".part" or ".unread.part" behind it.
std::optional<Instant> left_time(std::string_view name) {
    bool left = false;
    for (const std::string_view end : {std::string_view(".part"), kUnread}) {
        if (!name.ends_with(end)) continue;
        name.remove_suffix(end.size());
        left = true;
    }
    return left ? backup_time(name) : std::nullopt;
}

/// Gives a folder that is whole its name, durably.
Status give_name(const std::string& unread, const std::string& whole) {
    if (vault::is_there(whole)) return fail(vault::kExists, whole);
    if (::rename(unread.c_str(), whole.c_str()) != 0)
        return tl::unexpected(vault::disk_error(errno, whole));
    return vault::sync_folder(fs::path(whole).parent_path());
}

/// Attempts that were cut short, but for one that may be under way this minute.
void remove_left(Store& store, const std::string& folder, Instant now, Pruned& pruned) {
    for (const std::string& name : names_in(folder)) {
        const auto begun = left_time(name);
        if (!begun || name.starts_with(backup_name(now))) continue;
        const std::string path = inside(folder, name);
        auto gone =
            vault::is_part_folder(path) ? vault::throw_away(path) : store.remove_backup(path);
        if (!gone) pruned.refused.push_back(std::move(gone.error()));
    }
}

}  // namespace

std::string backup_name(Instant begun) {
    std::string minute = office_minute(begun);  // "2026-03-02 02:30"
    minute.erase(13, 1);
    minute[10] = '-';
    return std::string(kHead) + minute;
}

std::optional<Instant> backup_time(std::string_view name) {
    constexpr std::size_t kLength = kHead.size() + std::string_view("2026-03-02-0230").size();
    if (name.size() != kLength || !name.starts_with(kHead)) return std::nullopt;
    std::string minute(name.substr(kHead.size()));
    minute[10] = ' ';
    minute.insert(13, 1, ':');
    const auto begun = instant_from(minute);
    // One name a time: no other spelling of a date is a name of ours.
    if (!begun || backup_name(*begun) != name) return std::nullopt;
    return begun;
}

Result<std::string> make_backup(Store& store, const std::string& folder, Instant now) {
    if (!is_folder(folder)) return fail(kNoBackupFolder, folder);
    const std::string whole = inside(folder, backup_name(now));
    const std::string unread = whole + std::string(kUnread);
    if (vault::is_there(whole)) return fail(vault::kExists, whole);
    if (auto made = store.backup_to(unread); !made) return pass(made);
    if (auto read = store.check_backup(unread, BackupCheck::EveryPage); !read) {
        // It is no use to anybody, and there may be no room for the next.
        vault::throw_away(unread);
        return pass(read);
    }
    if (auto named = give_name(unread, whole); !named) return pass(named);
    return whole;
}

Result<std::string> copy_backup(Store& store,
                                const std::string& backup,
                                const std::string& second) {
    if (!is_folder(second)) return fail(kNoBackupFolder, second);
    const std::string whole = inside(second, fs::path(backup).filename().string());
    if (vault::is_there(whole)) return fail(vault::kExists, whole);
    const std::string unread = whole + std::string(kUnread);
    auto part = vault::PartFolder::make(vault::part_of(unread));
    if (!part) return pass(part);
    for (const std::string& name : names_in(backup)) {
        if (name.ends_with(kLock)) continue;
        if (auto copied = vault::copy_file(inside(backup, name), part->file(name)); !copied)
            return pass(copied);
    }
    if (auto synced = vault::sync_folder(part->path()); !synced) return pass(synced);
    if (auto done = part->finish(unread); !done) return pass(done);
    if (auto read = store.check_backup(unread, BackupCheck::EveryPage); !read) {
        vault::throw_away(unread);
        return pass(read);
    }
    if (auto named = give_name(unread, whole); !named) return pass(named);
    return whole;
}

Pruned prune_backups(Store& store,
                     const std::string& folder,
                     Instant now,
                     std::int64_t keep_days,
                     std::string_view newest) {
    Pruned pruned;
    remove_left(store, folder, now, pruned);
    const Instant oldest = now.plus(-std::chrono::hours(24) * keep_days);
    bool has_whole = false;
    for (const std::string& name : names_in(folder)) {
        const auto begun = backup_time(name);
        const std::string path = inside(folder, name);
        if (!begun) continue;
        if (!has_whole) {
            has_whole =
                name == newest || store.check_backup(path, BackupCheck::EveryPage).has_value();
            ++pruned.kept;
            continue;
        }
        if (*begun >= oldest) {
            ++pruned.kept;
            continue;
        }
        auto gone = store.remove_backup(path);
        pruned.removed += gone ? 1U : 0U;
        if (!gone) pruned.refused.push_back(std::move(gone.error()));
    }
    return pruned;
}

bool on_one_disk(const std::string& one, const std::string& other) {
    struct stat first {};
    struct stat second {};
    return ::stat(one.c_str(), &first) == 0 && ::stat(other.c_str(), &second) == 0 &&
           first.st_dev == second.st_dev;
}

}  // namespace dossier::server
