// A folder for one user of the machine alone: what lies in it is sealed, but names, sizes, times
// and the sockets in it are nobody else's business, and nobody may put a file there.
#pragma once

#include <string>

#include "common/base/result.hpp"

namespace dossier {

inline constexpr Fault kForeignFolder{
    "folder.foreign",
    ErrorCode::Denied,
    {"文件夹 {} 属于其他用户", "folder {} belongs to another user"},
    {"另选一个自己的文件夹（{in:dir}）", "choose a folder of your own ({in:dir})"}};
inline constexpr Fault kOpenFolder{
    "folder.open",
    ErrorCode::Denied,
    {"文件夹 {} 里已有文件，且对本机其他用户开放",
     "folder {} holds files and is open to other users of this machine"},
    {"另选一个新文件夹（{in:dir}），或先运行 chmod 700 该文件夹",
     "choose a new folder ({in:dir}), or run chmod 700 on it first"}};

/// Makes the folder with those above it, mode 0700. One that is there is taken when it is the
/// user's own: an empty one is closed to others, one with files in it must be closed already, for
/// it may serve others. A symbolic link to it is followed.
/// Errors: folder.foreign, folder.open, and `cannot_make` with the path and the system's reason.
Status make_private_folder(const std::string& path, const Fault& cannot_make);

}  // namespace dossier
