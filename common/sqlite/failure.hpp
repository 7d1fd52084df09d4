// What a thrown failure of the disk or the database means to people: the edge of a program turns
// it into one line and an exit code. Nothing in between catches.
#pragma once

#include <exception>

#include "common/base/result.hpp"

namespace dossier::sqlite {

inline constexpr Fault kNoSpace{
    "store.no_space",
    ErrorCode::NoSpace,
    {"磁盘已满或不可写：{}", "the disk is full or cannot be written: {}"},
    {"腾出空间并检查权限后重试；已保存的内容不受影响",
     "free some space, check the permissions and retry; what was saved is safe"}};
inline constexpr Fault kDamaged{
    "store.damaged",
    ErrorCode::Corrupt,
    {"数据库已损坏：{}", "the database is damaged: {}"},
    {"停止写入，保留现有文件，从备份恢复", "stop writing, keep the files, restore from a backup"}};
inline constexpr Fault kBusy{"store.busy",
                             ErrorCode::Busy,
                             {"数据库正被占用：{}", "the database is in use: {}"},
                             {"稍后重试", "try again in a moment"}};
inline constexpr Fault kBroken{"store.failed",
                               ErrorCode::Failed,
                               {"操作失败：{}", "the operation failed: {}"},
                               {"检查磁盘与日志后重试", "check the disk and the log, then retry"}};

/// The fault a caught exception stands for; kBroken for one that is not SQLite's.
Error error_of(const std::exception& failure);

}  // namespace dossier::sqlite
