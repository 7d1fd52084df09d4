// Where a laptop's store lies, how it is made, opened, copied and brought back.
#pragma once

#include <memory>
#include <string>

#include "common/vault/vault.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

inline constexpr Fault kWeakPassphrase{
    "client.weak_passphrase",
    ErrorCode::Usage,
    {"口令太短", "the passphrase is too short"},
    {"至少 8 个字符，建议用一句话", "use at least 8 characters, better a sentence"}};
inline constexpr Fault kFolder{
    "client.folder",
    ErrorCode::NoSpace,
    {"无法使用目录 {}", "folder {} cannot be used"},
    {"检查路径、权限与磁盘空间", "check path, permissions and disk space"}};
inline constexpr Fault kNotEmpty{
    "client.not_empty",
    ErrorCode::Conflict,
    {"{} 已存在且不是空目录，不会覆盖", "{} exists and is not empty; it is not overwritten"},
    {"换一个空目录", "name an empty folder"}};

vault::VaultPaths paths_in(const std::string& folder);
/// Whether there is a store, or what is left of one.
bool is_home(const std::string& folder);

/// What was typed as a way to open, in one normal form, so that the same words open on every
/// keyboard; `typed` is wiped. Errors: client.weak_passphrase below 8 characters.
Result<vault::Unlock> passphrase_of(std::string typed);

/// Folder (0700), key slots and empty store. Errors: vault.exists and what the disk says.
Status make_home(const std::string& folder, const vault::Unlock& how, crypto::Random& random);
/// Errors: client.no_vault and everything the vault tells apart.
Result<std::unique_ptr<Store>> open_home(const std::string& folder,
                                         const vault::Unlock& how,
                                         crypto::Random& random);

/// Overwrites the key slots, then removes every file of the store.
void destroy_home(const std::string& folder);

/// A copy of the store as it is now, itself a store, in a folder that is empty or does not exist.
/// What fails leaves nothing. Errors: client.not_empty, those of vault::copy_file.
Status copy_home(Store& store, const std::string& from, const std::string& to);

}  // namespace dossier::client
