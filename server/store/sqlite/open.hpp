// Opens the office's store in an SQLite database, encrypted in a vault or (for tests) plain.
#pragma once

#include <memory>
#include <string>

#include "common/base/result.hpp"
#include "common/sqlite/connection.hpp"
#include "common/vault/vault.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

/// Another program's database lies at this path; nothing was changed.
inline constexpr Fault kForeignDatabase{
    "store.foreign_database",
    ErrorCode::Malformed,
    {"{} 不是办公室数据库", "{} is not a database of the office"},
    {"检查数据目录是否正确", "check the data directory"}};

/// `verify` found things that contradict each other.
inline constexpr Fault kMisfit{
    "store.misfit",
    ErrorCode::Corrupt,
    {"数据库有 {} 处内容不一致：{}", "{} things in the database do not fit together: {}"},
    {"停止写入，保留现有文件，从备份恢复", "stop writing, keep the files, restore from a backup"}};
/// A backup never replaces or removes anything it did not make.
inline constexpr Fault kBackupExists{"store.backup_exists",
                                     ErrorCode::Conflict,
                                     {"{} 已存在，不会覆盖", "{} exists and is not overwritten"},
                                     {"换一个新目录", "name a new folder"}};
inline constexpr Fault kNotABackup{
    "store.not_a_backup",
    ErrorCode::Conflict,
    {"{} 不是本办公室的备份，或另有其他文件，不会删除",
     "{} is no backup of this office, or holds something else, and is not removed"},
    {"需要删除时请自行检查后删除", "look at it, and remove it yourself if it may go"}};
/// How much of the database stays in memory.
inline constexpr int kStoreCacheKib = 64 * 1024;

/// Opens the store in the vault at `paths`; a vault just created gets its tables. `random` must
/// outlive the store. Errors: those of vault::Vault::open, kNewerSchema, kForeignDatabase.
Result<std::unique_ptr<Store>> open_vault_store(const vault::VaultPaths& paths,
                                                crypto::Secret data_key,
                                                crypto::Random& random,
                                                int cache_kib = kStoreCacheKib);

/// An unencrypted store: tests and benchmarks only.
struct PlainOptions {
    std::string path;  ///< the database file, made when missing; its folder exists
    std::string vfs;   ///< "" = SQLite's default
    sqlite::Durability durability = sqlite::Durability::Full;
    int cache_kib = kStoreCacheKib;
};
/// Errors: kNewerSchema, kForeignDatabase.
Result<std::unique_ptr<Store>> open_plain_store(const PlainOptions& options);

}  // namespace dossier::server
