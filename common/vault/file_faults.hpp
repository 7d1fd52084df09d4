// What can be wrong with the files a vault is copied from, restored from and opened by.
#pragma once

#include "common/base/result.hpp"

namespace dossier::vault {

inline constexpr Fault kSymbolicLink{
    "vault.symbolic_link",
    ErrorCode::Denied,
    {"{} 是符号链接，不会跟随", "{} is a symbolic link and is not followed"},
    {"检查是谁放在此处；写出文件本身的位置",
     "find out who put it there; name the place of the file itself"}};
inline constexpr Fault kKeyFileMissing{"vault.key_file_missing",
                                       ErrorCode::Unauthenticated,
                                       {"找不到密钥文件 {}", "key file {} is not there"},
                                       {"用 {in:key-file} 指定它的位置，或把它放回原处",
                                        "name its place with {in:key-file}, or put it back"}};

}  // namespace dossier::vault
