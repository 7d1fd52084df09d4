// The way to open a store, as a command line is told it.
#pragma once

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
inline constexpr Fault kCannotRead{"client.cannot_read",
                                   ErrorCode::NotFound,
                                   {"无法读取 {}", "cannot read {}"},
                                   {"检查路径与权限", "check path and permissions"}};

/// Errors: client.cannot_read.
Result<std::string> first_line(const std::string& path);

enum class Asking : std::uint8_t { Once, Twice };
/// What was typed: first line of a file, what a command says, or the terminal without echo.
/// Errors: client.cannot_read, client.no_terminal, client.passphrases_differ.
Result<std::string> typed_passphrase(const Globals& globals, cli::Console& console, Asking asking);
/// Key file, passphrase file, command, or the terminal without echo. Errors: client.cannot_read,
/// client.no_terminal, client.passphrases_differ, client.weak_passphrase, vault.no_key_file.
Result<vault::Unlock> unlock_from(const Globals& globals, cli::Console& console, Asking asking);

}  // namespace dossier::client
