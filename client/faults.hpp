// What can go wrong on a laptop, in both languages. Faults of one class only stand beside it.
#pragma once

#include "common/base/result.hpp"

namespace dossier::client {

inline constexpr Fault kNoVault{"client.no_vault",
                                ErrorCode::NoStore,
                                {"{} 中没有客户档案库", "there is no customer file store in {}"},
                                {"运行 {do:init} 建立，或用 {in:dir} 指定位置",
                                 "run {do:init}, or name its place with {in:dir}"}};
inline constexpr Fault kNotEnrolled{
    "client.not_enrolled",
    ErrorCode::DeviceRefused,
    {"本机尚未登记到办公室", "this laptop is not enrolled with the office"},
    {"向管理员索取邀请码，运行 {do:enroll}", "ask for an invite and run {do:enroll}"}};
inline constexpr Fault kNoOfficeData{"client.no_office_data",
                                     ErrorCode::Denied,
                                     {"本机还没有您的任职资料，无法判断权限",
                                      "this laptop does not hold your post yet, so it cannot "
                                      "tell what you may do"},
                                     {"先同步一次：{do:sync}", "sync once first: {do:sync}"}};
inline constexpr Fault kUnknownCustomer{"client.unknown_customer",
                                        ErrorCode::NotFound,
                                        {"找不到客户“{}”", "no customer matches '{}'"},
                                        {"用 {do:search} 查找，或确认是否在您的范围内",
                                         "use {do:search}, or check that it is within your scope"}};
inline constexpr Fault kUnknownRecord{
    "client.unknown_record",
    ErrorCode::NotFound,
    {"本机没有这条{}记录", "this laptop holds no such {}"},
    {"用 {do:customer.list} 查看现有记录", "see {do:customer.list} for what is here"}};
inline constexpr Fault kAmbiguous{
    "client.ambiguous",
    ErrorCode::Usage,
    {"“{}”对应多条记录：{}", "'{}' matches several records: {}"},
    {"写出编号或更完整的名称", "give the number or more of the name"}};
inline constexpr Fault kDenied{
    "client.denied",
    ErrorCode::Denied,
    {"无权进行此操作：{}（依据 {}）", "not allowed: {} (by {})"},
    {"请向直接上级或客户信息主管申请", "ask your superior or the information supervisor"}};
inline constexpr Fault kAtOffice{
    "client.at_office",
    ErrorCode::Denied,
    {"这一步只在办公室办理", "this step is taken at the office only"},
    {"请到办公室，或在其控制台上办理", "take it at the office or at its console"}};
inline constexpr Fault kOfficeOnly{
    "client.office_only",
    ErrorCode::Denied,
    {"“{}”只能由办公室或流程设定", "'{}' is set by the office or a workflow only"},
    {"不要填写此项", "leave this field out"}};
inline constexpr Fault kImmutable{
    "client.immutable",
    ErrorCode::Denied,
    {"“{}”建立后不能更改", "'{}' cannot be changed once it was set"},
    {"如填写有误，请告知信息员", "tell the information clerk if it is wrong"}};
inline constexpr Fault kLocked{
    "client.locked",
    ErrorCode::Denied,
    {"该记录已锁定，“{}”不能再改", "this record is locked: '{}' cannot be changed any more"},
    {"追加备注说明更正：{do:visit.amend}", "say it in a remark: {do:visit.amend}"}};
inline constexpr Fault kNothingToDo{"client.nothing_to_do",
                                    ErrorCode::Usage,
                                    {"没有任何改动", "nothing would change"},
                                    {"写出要改的内容", "say what is to change"}};
inline constexpr Fault kMalformedDraft{
    "client.malformed_draft",
    ErrorCode::Malformed,
    {"改动不符合记录类型的规定：{}", "the change does not fit its kind of record: {}"},
    {"升级程序后重试", "upgrade the program and try again"}};

inline constexpr Fault kFork{
    "sync.fork",
    ErrorCode::Corrupt,
    {"本机的待上传记录与办公室收到的不一致：档案库可能是拷贝或旧备份",
     "this laptop's outbox differs from what the office received: the store may be a copy or an "
     "old "
     "backup"},
    {"停止使用本机并联系管理员；未上传的内容仍保留在本机",
     "stop using this laptop and call the administrator; unsent work stays here"}};
inline constexpr Fault kUnfinished{
    "sync.unfinished",
    ErrorCode::Unreachable,
    {"同步未完成就中断了", "the sync was cut before it was finished"},
    {"网络恢复后再次运行 {do:sync}，会从中断处继续",
     "run {do:sync} again: it continues where it stopped"}};
inline constexpr Fault kUnexpected{
    "sync.unexpected",
    ErrorCode::Malformed,
    {"办公室在“{}”阶段发来了不该出现的消息", "the office sent a message out of order while {}"},
    {"再次同步；若再次出现，把两端程序升级到同一版本",
     "sync again; if it recurs, upgrade both programs to the same version"}};
inline constexpr Fault kRefused{"sync.refused",
                                ErrorCode::DeviceRefused,
                                {"办公室拒绝了同步：{}", "the office refused: {}"},
                                {"联系管理员", "call the administrator"}};
inline constexpr Fault kTooOld{
    "sync.too_old",
    ErrorCode::Version,
    {"办公室要求先升级本机程序", "the office asks to upgrade this program first"},
    {"未上传的内容已经上传；升级后再同步", "your work was uploaded; upgrade and sync again"}};
inline constexpr Fault kWipeWaits{
    "sync.wipe_waits",
    ErrorCode::Conflict,
    {"资料已清除；{} 项未送达的内容（修改、附件）已封存，尚待上传",
     "the data is removed; {} unsent changes and attachments are sealed and still to be sent"},
    {"再次同步：{do:sync}", "sync again: {do:sync}"}};
inline constexpr Fault kLeaseOver{
    "client.lease_over",
    ErrorCode::Denied,
    {"已有 {} 天以上未同步，离线期限已到：本机资料暂不能查看、搜索或导出",
     "the lease of {} days without a sync is over: nothing here can be shown, searched or "
     "exported"},
    {"同步后恢复：{do:sync}。仍可按客户编号记录：{do:visit.add}、{do:customer.edit}",
     "it returns with {do:sync}. You can still record by customer number: {do:visit.add}, "
     "{do:customer.edit}"}};
inline constexpr Fault kClockBack{
    "client.clock_back",
    ErrorCode::Denied,
    {"本机时钟被调回到已经过去的时间：资料暂不能查看、搜索或导出",
     "the clock was set back to before a time that has passed: nothing here can be shown, searched "
     "or exported"},
    {"把时钟调准，或同步：{do:sync}。仍可按客户编号记录拜访和修改",
     "set the clock right, or run {do:sync}. Visits and edits by customer number can still be "
     "recorded"}};
inline constexpr Fault kReadingStopped{
    "client.suspended",
    ErrorCode::DeviceRefused,
    {"本机已被办公室停用：资料暂不能查看、搜索或导出",
     "the office suspended this laptop: nothing here can be shown, searched or exported"},
    {"联系管理员；仍可按客户编号记录，{do:sync} 会把内容送到办公室",
     "call the administrator; you can still record by customer number, and {do:sync} delivers it"}};
inline constexpr Fault kLaptopRevoked{
    "client.revoked",
    ErrorCode::DeviceRefused,
    {"本机已被吊销或报失，办公室的资料已从本机清除",
     "this laptop is revoked or reported lost; the office's data is gone from it"},
    {"联系管理员；如有未上传内容，{do:sync} 仍会送达",
     "call the administrator; {do:sync} still delivers what was not sent"}};
inline constexpr Fault kWiped{
    "client.wiped",
    ErrorCode::NoStore,
    {"按办公室的命令，本机资料已清除",
     "by the office's order everything was removed from this laptop"},
    {"再运行一次 {do:sync} 报告办公室；要继续使用请重新登记",
     "run {do:sync} once more to report it; to use it again, enrol it anew"}};
inline constexpr Fault kNumberOnly{
    "client.number_only",
    ErrorCode::Denied,
    {"资料锁定期间只能用完整的客户编号或标识指定客户",
     "while reading is locked a customer is named by the full number or identity only"},
    {"写出完整编号，例如 KH-HD-2026-000137-4 或 T-N07-0001",
     "give the full number, for example KH-HD-2026-000137-4 or T-N07-0001"}};
inline constexpr Fault kDiverged{
    "sync.diverged",
    ErrorCode::Corrupt,
    {"{} 个范围重发后仍与办公室不一致", "{} scopes still differ from the office after resending"},
    {"再次同步；若再次出现，联系管理员", "sync again; if it recurs, call the administrator"}};

}  // namespace dossier::client
