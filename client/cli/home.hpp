// Where a laptop's store lies, how it is opened, copied and brought back.
#pragma once

#include <memory>
#include <string>

#include "common/cli/console.hpp"
#include "common/vault/vault.hpp"

#include "client/cli/parse.hpp"

namespace dossier::client {

inline constexpr Fault kNoTerminal{
    "client.no_terminal",
    ErrorCode::Unauthenticated,
    {"没有终端可输入口令", "there is no terminal to type a passphrase"},
    {"用 --passphrase-file、--key-file 或环境变量 DOSSIER_PASSPHRASE_COMMAND",
     "use --passphrase-file, --key-file or DOSSIER_PASSPHRASE_COMMAND"}};
inline constexpr Fault kPassphrasesDiffer{"client.passphrases_differ",
                                          ErrorCode::Usage,
                                          {"两次输入的口令不一致", "the two passphrases differ"},
                                          {"重新输入", "type them again"}};
inline constexpr Fault kWeakPassphrase{
    "client.weak_passphrase",
    ErrorCode::Usage,
    {"口令太短", "the passphrase is too short"},
    {"至少 8 个字符，建议用一句话", "use at least 8 characters, better a sentence"}};
inline constexpr Fault kCannotRead{"client.cannot_read",
                                   ErrorCode::NotFound,
                                   {"无法读取 {}", "cannot read {}"},
                                   {"检查路径与权限", "check path and permissions"}};
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

/// Errors: client.cannot_read.
Result<std::string> first_line(const std::string& path);

enum class Asking : std::uint8_t { Once, Twice };
/// The way to open: key file, passphrase file, command, or the terminal without echo.
Result<vault::Unlock> unlock_from(const Globals& globals, cli::Console& console, Asking asking);

/// Folder (0700), key slots and empty store. Errors: vault.exists and what the disk says.
Status make_home(const Globals& globals, const vault::Unlock& how, crypto::Random& random);
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
