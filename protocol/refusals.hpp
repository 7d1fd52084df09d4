// Why the office ends a session or refuses an invite: the ids Refusal carries, in words. Both sides
// know them.
#pragma once

#include <array>

#include "common/base/result.hpp"

#include "protocol/messages.hpp"

namespace dossier::protocol {

inline constexpr Fault kDevicePending{
    "sync.device_pending",
    ErrorCode::DeviceRefused,
    {"本终端正在等待管理员批准", "this device waits for an administrator's approval"},
    {"请管理员核对指纹并批准后再同步",
     "ask the administrator to compare the fingerprint and approve it"}};
inline constexpr Fault kDeviceSuspended{
    "sync.device_suspended",
    ErrorCode::DeviceRefused,
    {"本终端已被停用", "this device is suspended"},
    {"联系管理员；您写的内容已送达办公室，资料在恢复前不能查看",
     "call the administrator; what you wrote was delivered, nothing can be read until it is "
     "resumed"}};
inline constexpr Fault kDeviceRevoked{
    "sync.device_revoked",
    ErrorCode::DeviceRefused,
    {"本终端已被吊销", "this device is revoked"},
    {"联系管理员；您写的内容已送达办公室，办公室的资料已从本机清除",
     "call the administrator; what you wrote was delivered, the office's data is gone from here"}};
inline constexpr Fault kDeviceLost{"sync.device_lost",
                                   ErrorCode::DeviceRefused,
                                   {"本终端已报失", "this device was reported lost"},
                                   {"联系管理员；收到的内容由办公室人工处理",
                                    "call the administrator; what it brought is looked at by a "
                                    "person"}};
inline constexpr Fault kDeviceUnknown{
    "sync.device_unknown",
    ErrorCode::DeviceRefused,
    {"办公室不认识本终端", "the office does not know this device"},
    {"请管理员发邀请码，用它再次登记本机（办公室用备份恢复过时也是如此）；本机的资料和记录都保留",
     "ask for an invite and enrol this laptop with it, also when the office was restored from a "
     "backup; everything on this laptop stays"}};
inline constexpr Fault kForked{
    "sync.fork",
    ErrorCode::Corrupt,
    {"本机的待上传记录与办公室收到的不一致：档案库可能是拷贝或旧备份",
     "this laptop's outbox differs from what the office received: the store may be a copy or an "
     "old backup"},
    {"停止使用本机并联系管理员；未上传的内容仍保留在本机",
     "stop using this laptop and call the administrator; unsent work stays here"}};
inline constexpr Fault kGap{"sync.gap",
                            ErrorCode::Malformed,
                            {"上传的变更不连续：应为第 {} 号",
                             "the pushed changesets have a gap: "
                             "number {} was expected"},
                            {"再次同步；若再次出现，把两端程序升级到同一版本",
                             "sync again; if it recurs, upgrade both programs to the same "
                             "version"}};
inline constexpr Fault kQuota{
    "sync.quota",
    ErrorCode::Oversized,
    {"本终端今天的上传已达上限（{}：{}）", "this device has reached its quota for today ({}: {})"},
    {"其余内容仍保留在本机，明天再同步；急需时请管理员提高该设置",
     "the rest stays on the laptop: sync again tomorrow, or ask the administrator to raise that "
     "setting"}};
inline constexpr Fault kRightsChanged{
    "sync.rights_changed",
    ErrorCode::Stale,
    {"同步期间您的权限有变动", "your rights changed while you were syncing"},
    {"再次同步", "sync again"}};
inline constexpr Fault kSealedOtherwise{
    "sync.sealed",
    ErrorCode::Corrupt,
    {"第 {} 号封存内容无法用本办公室的密钥打开",
     "sealed entry {} cannot be opened with this office's key"},
    {"联系管理员；内容仍封存在本机", "call the administrator; it stays sealed on the laptop"}};
inline constexpr Fault kOutOfOrder{
    "sync.out_of_order",
    ErrorCode::Malformed,
    {"消息次序不对", "a message came out of order"},
    {"再次同步；若再次出现，把两端程序升级到同一版本",
     "sync again; if it recurs, upgrade both programs to the same version"}};
inline constexpr Fault kVersionTooOld{
    "sync.version_too_old",
    ErrorCode::Version,
    {"本机程序太旧，办公室不再支持（办公室支持协议 {}、数据版本 {}）",
     "this program is too old for the office (which serves protocols {}, data versions {})"},
    {"升级本机程序；未上传的内容仍保留在本机", "upgrade it; unsent work stays here"}};
inline constexpr Fault kVersionTooNew{
    "sync.version_too_new",
    ErrorCode::Version,
    {"本机程序比办公室新（办公室支持协议 {}、数据版本 {}）",
     "this program is newer than the office (which serves protocols {}, data versions {})"},
    {"请管理员先升级办公室程序", "ask the administrator to upgrade the office first"}};
inline constexpr Fault kTooMuch{
    "sync.too_much",
    ErrorCode::Oversized,
    {"一次同步上传超过 {} 项", "more than {} operations in one sync"},
    {"再次同步，会从中断处继续", "sync again: it continues where it stopped"}};
inline constexpr Fault kOfficeFailed{
    "sync.office_failed",
    ErrorCode::Failed,
    {"办公室暂时无法处理", "the office cannot do its work at the moment"},
    {"稍后再次同步；若再次出现，请管理员查看服务器日志",
     "sync again later; if it recurs, ask the administrator to read the server's log"}};

inline constexpr Fault kOfficeBusy{
    "sync.busy",
    ErrorCode::Unreachable,
    {"办公室正忙，暂时不能接待", "the office is busy"},
    {"稍后再次同步；内容仍保留在本机", "try again in a moment; everything stays on this laptop"}};
/// The office's, not the laptop's: nothing of what was sent was kept or answered.
inline constexpr Fault kOfficeFull{
    "sync.office_full",
    ErrorCode::Unreachable,
    {"办公室的磁盘已满或不可写", "the office's disk is full or cannot be written"},
    {"请告知管理员；内容仍保留在本机，办公室恢复后再次同步",
     "tell the administrator; everything stays on this laptop: sync again when it is mended"}};

inline constexpr Fault kInviteWrong{
    "enrol.wrong",
    ErrorCode::Unauthenticated,
    {"邀请码无效", "this invite is not valid"},
    {"核对邀请码，或请管理员发新邀请", "check the code or ask for a new invite"}};
inline constexpr Fault kInviteUsed{
    "enrol.used",
    ErrorCode::Conflict,
    {"邀请码已被使用", "this invite was used"},
    {"若不是您本人使用，请立即告知管理员；每台终端需要新的邀请",
     "if that was not you, tell the administrator at once; each device needs an invite of its "
     "own"}};
inline constexpr Fault kInviteExpired{"enrol.expired",
                                      ErrorCode::Stale,
                                      {"邀请码已过期", "this invite has expired"},
                                      {"请管理员发新邀请", "ask for a new invite"}};
inline constexpr Fault kInviteAttempts{
    "enrol.attempts",
    ErrorCode::Denied,
    {"邀请码输错次数过多，已作废", "too many wrong attempts; this invite is void"},
    {"请管理员发新邀请", "ask for a new invite"}};
inline constexpr Fault kEnrolledElsewhere{
    "enrol.known_key",
    ErrorCode::Conflict,
    {"本终端的密钥已经登记", "this device's key is enrolled already"},
    {"直接同步；如需重新登记，请在新的档案库中进行",
     "sync; to enrol again, begin with a new store"}};
inline constexpr Fault kInviteOtherUser{
    "enrol.other_user",
    ErrorCode::Conflict,
    {"邀请码是给另一位用户的", "the invite is for another user than this device's"},
    {"请管理员为本终端的使用人发邀请；该用户已不存在时，请其先按原标识 {} 重建该用户",
     "ask for an invite for this device's user; if the office lost that user, the administrator "
     "makes it again under its identity {}"}};

inline constexpr std::array kRefusals{&kDeviceUnknown,     &kOfficeFull,      &kInviteOtherUser,
                                      &kDevicePending,     &kDeviceSuspended, &kDeviceRevoked,
                                      &kDeviceLost,        &kForked,          &kGap,
                                      &kSealedOtherwise,   &kRightsChanged,   &kQuota,
                                      &kOutOfOrder,        &kVersionTooOld,   &kVersionTooNew,
                                      &kTooMuch,           &kOfficeFailed,    &kInviteWrong,
                                      &kInviteUsed,        &kInviteExpired,   &kInviteAttempts,
                                      &kEnrolledElsewhere, &kOfficeBusy};

/// A refusal of another version, whose words this one does not have.
inline constexpr Fault kRefusedOtherwise{
    "sync.refused",
    ErrorCode::DeviceRefused,
    {"办公室拒绝了同步：{}", "the office refused: {}"},
    {"升级本机程序或联系管理员", "upgrade this program or call the administrator"}};

inline Refusal refusal_of(const Error& error) {
    return {std::string(error.id()), error.args};
}
inline Error error_of(const Refusal& refusal) {
    for (const Fault* fault : kRefusals) {
        if (fault->id == refusal.fault) return {fault, refusal.args};
    }
    return {&kRefusedOtherwise, {refusal.fault}};
}

}  // namespace dossier::protocol
