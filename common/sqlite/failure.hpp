// What a thrown failure of the disk or the database means to people: the edge of a program turns
// it into one line and an exit code. Nothing in between catches.
#pragma once

#include <exception>

#include "common/base/result.hpp"

namespace dossier::sqlite {

inline constexpr Fault kNoSpace{
    "store.no_space",
    ErrorCode::NoSpace,
    {"磁盘已满或不可写", "the disk is full or cannot be written"},
    {"腾出空间并检查权限后重试；已保存的内容不受影响",
     "free some space, check the permissions and retry; what was saved is safe"}};
inline constexpr Fault kDamaged{
    "store.damaged",
    ErrorCode::Corrupt,
    {"数据库已损坏", "the database is damaged"},
    {"停止写入，保留现有文件，从备份恢复", "stop writing, keep the files, restore from a backup"}};
inline constexpr Fault kBusy{"store.busy",
                             ErrorCode::Busy,
                             {"数据库正被占用", "the database is in use"},
                             {"稍后重试", "try again in a moment"}};
inline constexpr Fault kBroken{"store.failed",
                               ErrorCode::Failed,
                               {"数据库操作失败（{}）", "the database failed ({})"},
                               {"检查磁盘与日志后重试", "check the disk and the log, then retry"}};
inline constexpr Fault kNoMemory{"store.no_memory",
                                 ErrorCode::Failed,
                                 {"内存不足", "out of memory"},
                                 {"关闭其他程序后重试", "close other programs and retry"}};

/// The fault a caught exception stands for, in the program's own words: those of SQLite and of the
/// operating system are for the log.
Error error_of(const std::exception& failure);

}  // namespace dossier::sqlite
