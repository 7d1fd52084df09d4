// Everything that can go wrong with a vault, told apart, with what to do about it.
// SQLite's own codes hide these: the VFS records the fault, `Vault::last_fault` hands it out.
#pragma once

#include "common/base/result.hpp"

namespace dossier::vault {

inline constexpr Fault kWrongPassphrase{
    "vault.wrong_passphrase",
    ErrorCode::Unauthenticated,
    {"口令不正确", "the passphrase is wrong"},
    {"重新输入；忘记口令时请管理员用恢复密钥打开",
     "type it again; when it is forgotten, an administrator can open the vault with the recovery "
     "key"}};
inline constexpr Fault kWrongKeyFile{
    "vault.wrong_key_file",
    ErrorCode::Unauthenticated,
    {"密钥文件 {} 不属于此保险库", "key file {} does not belong to this vault"},
    {"改用创建时的密钥文件", "use the key file the vault was created with"}};
inline constexpr Fault kWrongRecoveryKey{
    "vault.wrong_recovery_key",
    ErrorCode::Unauthenticated,
    {"恢复密钥不属于此保险库", "the recovery key does not belong to this vault"},
    {"改用创建时所在办公室的恢复密钥", "use the recovery key of the office that set it up"}};
inline constexpr Fault kWrongDataKey{"vault.wrong_data_key",
                                     ErrorCode::Unauthenticated,
                                     {"密钥与数据库 {} 不符", "the key does not fit database {}"},
                                     {"数据库与密钥槽文件必须来自同一份备份",
                                      "database and key slot file must come from the same backup"}};
inline constexpr Fault kNoSlot{
    "vault.no_slot",
    ErrorCode::Unauthenticated,
    {"此保险库没有这种打开方式", "the vault has no key slot of this sort"},
    {"换一种方式打开：口令、密钥文件或恢复密钥",
     "open it another way: passphrase, key file or recovery key"}};
inline constexpr Fault kDamagedSlots{"vault.damaged_slots",
                                     ErrorCode::Corrupt,
                                     {"密钥槽文件 {} 已损坏", "key slot file {} is damaged"},
                                     {"从备份恢复该文件", "restore this file from a backup"}};
inline constexpr Fault kSlotsMissing{
    "vault.slots_missing",
    ErrorCode::Corrupt,
    {"找不到密钥槽文件 {}", "key slot file {} is missing"},
    {"从备份恢复该文件；不要重新创建", "restore it from a backup; do not create a new one"}};
inline constexpr Fault kNotVault{"vault.not_a_vault",
                                 ErrorCode::Malformed,
                                 {"{} 不是保险库文件", "{} is not a file of a vault"},
                                 {"检查路径是否正确", "check the path"}};
inline constexpr Fault kPlainDatabase{
    "vault.plain_database",
    ErrorCode::Denied,
    {"{} 是未加密的数据库，拒绝使用", "{} is an unencrypted database and is refused"},
    {"检查是谁放在此处；真正的保险库请从备份恢复",
     "find out who put it there; restore the vault from a backup"}};
inline constexpr Fault kNewerFormat{
    "vault.newer_format",
    ErrorCode::Version,
    {"保险库格式 {} 比本程序新", "vault format {} is newer than this program"},
    {"升级本程序", "upgrade the program"}};
inline constexpr Fault kMissing{"vault.missing",
                                ErrorCode::NoStore,
                                {"此处没有保险库：{}", "there is no vault here: {}"},
                                {"检查路径，或先创建", "check the path, or create it first"}};
inline constexpr Fault kExists{"vault.exists",
                               ErrorCode::Conflict,
                               {"{} 已存在，不会覆盖", "{} exists and is not overwritten"},
                               {"换一个目录，或打开现有的保险库",
                                "choose another directory, or open the vault that is there"}};
inline constexpr Fault kInUse{"vault.in_use",
                              ErrorCode::Busy,
                              {"{} 正被进程 {} 使用", "{} is in use by process {}"},
                              {"先关闭另一个程序", "close the other program first"}};
inline constexpr Fault kDamagedPage{
    "vault.damaged_page",
    ErrorCode::Corrupt,
    {"数据库第 {} 页已损坏", "page {} of the database is damaged"},
    {"从备份恢复；未上传的工作先不要删除", "restore from a backup; keep the damaged files"}};
inline constexpr Fault kStalePage{
    "vault.stale_page",
    ErrorCode::Corrupt,
    {"数据库第 {} 页是旧版本", "page {} of the database is an old version"},
    {"有人或故障把旧内容放了回去；从备份恢复全部文件",
     "old content was put back; restore all files of the vault from one backup"}};
inline constexpr Fault kForeignPage{
    "vault.foreign_page",
    ErrorCode::Malformed,
    {"第 {} 页的格式不是保险库的", "page {} does not have the geometry of a vault"},
    {"导入请用备份接口写入保险库", "copy data through rows, not pages"}};
inline constexpr Fault kDamagedWal{
    "vault.damaged_log",
    ErrorCode::Corrupt,
    {"预写日志第 {} 帧已损坏", "frame {} of the write-ahead log is damaged"},
    {"保留现有文件，从备份恢复", "keep the files as they are and restore from a backup"}};
inline constexpr Fault kStaleWal{
    "vault.stale_log",
    ErrorCode::Corrupt,
    {"预写日志比数据库旧", "the write-ahead log is older than the database"},
    {"从同一份备份恢复全部文件", "restore all files of the vault from one backup"}};
inline constexpr Fault kDamagedVersions{
    "vault.damaged_versions",
    ErrorCode::Corrupt,
    {"页版本表 {} 缺失或已损坏", "page-version table {} is missing or damaged"},
    {"从同一份备份恢复全部文件", "restore all files of the vault from one backup"}};
inline constexpr Fault kForeignJournal{
    "vault.foreign_journal",
    ErrorCode::Malformed,
    {"发现不属于保险库的回滚日志 {}", "rollback journal {} does not belong to a vault"},
    {"检查是谁放在此处，再移走该文件", "find out who put it there, then move it away"}};
inline constexpr Fault kForeignFile{
    "vault.foreign_file",
    ErrorCode::Denied,
    {"不允许经保险库打开文件 {}", "file {} may not be opened through the vault"},
    {"副本请用备份接口写入另一个保险库", "write copies to another vault by the backup interface"}};
inline constexpr Fault kNotDossier{
    "vault.other_application",
    ErrorCode::Malformed,
    {"数据库的应用标识不符", "the database carries another application id"},
    {"从备份恢复", "restore from a backup"}};
inline constexpr Fault kNoDirectory{"vault.no_directory",
                                    ErrorCode::NotFound,
                                    {"目录不存在：{}", "the directory does not exist: {}"},
                                    {"先创建目录", "create it first"}};
inline constexpr Fault kReadOnly{
    "vault.read_only",
    ErrorCode::NoSpace,
    {"无法写入 {}", "cannot write to {}"},
    {"检查文件与目录的权限", "check the permissions of the file and its directory"}};
inline constexpr Fault kDiskFull{
    "vault.disk_full",
    ErrorCode::NoSpace,
    {"磁盘已满，无法写入 {}", "the disk is full; cannot write {}"},
    {"腾出空间后重试；已保存的内容不受影响", "free some space and retry; what was saved is safe"}};
inline constexpr Fault kDiskFailed{"vault.disk_failed",
                                   ErrorCode::Failed,
                                   {"磁盘操作失败（{}）：{}", "a disk operation failed ({}): {}"},
                                   {"检查磁盘后重试", "check the disk and retry"}};
inline constexpr Fault kKeyFileUnfit{
    "vault.key_file_unfit",
    ErrorCode::Malformed,
    {"密钥文件 {} 不是 32 字节的普通文件", "key file {} is not a regular file of 32 bytes"},
    {"改用创建时的密钥文件", "use the key file the vault was created with"}};
inline constexpr Fault kKeyFileExposed{
    "vault.key_file_exposed",
    ErrorCode::Denied,
    {"密钥文件 {} 可被他人读取", "key file {} can be read by others"},
    {"执行 chmod 600", "chmod 600 it"}};
inline constexpr Fault kNoMemory{
    "vault.no_memory",
    ErrorCode::Failed,
    {"内存不足，无法由口令算出密钥", "not enough memory to derive the key"},
    {"关闭其他程序后重试", "close other programs and retry"}};

}  // namespace dossier::vault
