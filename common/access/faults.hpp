// What people are told when access is refused. No fault quotes the record: unknown, invisible and
// refused must look alike to who may not know (sync 5.5).
#pragma once

#include <array>
#include <span>

#include "common/base/result.hpp"

namespace dossier::access {

inline constexpr Fault kFaultDenied{
    "access.denied",
    ErrorCode::Denied,
    {"无权进行此操作", "this is not among your rights"},
    {"如工作需要，请向直接上级或客户服务部经理申请",
     "if your work needs it, ask your superior or the service manager"}};
inline constexpr Fault kFaultLevel{
    "access.level",
    ErrorCode::Denied,
    {"资料密级高于您的涉密等级", "the level of this exceeds your clearance"},
    {"请用 {do:access-request.add} 申请查阅", "ask for it with {do:access-request.add}"}};
inline constexpr Fault kFaultPurposeNeeded{
    "access.purpose_needed",
    ErrorCode::Denied,
    {"须说明目的（至少四个字）", "a purpose of at least 4 characters is needed"},
    {"请填写目的后重试", "state the purpose and try again"}};
inline constexpr Fault kFaultFieldPurpose{
    "access.field_purpose",
    ErrorCode::Denied,
    {"按“{}”筛选或排序须说明目的（至少四个字）",
     "a list filtered or sorted by \"{}\" takes a purpose of at least 4 characters"},
    {"请填写目的后重试", "state the purpose and try again"}};
inline constexpr Fault kFaultFieldHidden{
    "access.field_hidden",
    ErrorCode::Denied,
    {"您看不到任何“{}”的原文，不能按它筛选或排序",
     "you see no \"{}\" in clear, so no list is filtered or sorted by it for you"},
    {"改用您看得到的列；如工作需要，请申请查阅授权",
     "use a column you see; if your work needs it, ask for a grant"}};
inline constexpr Fault kFaultNeedsApproval{
    "access.needs_approval",
    ErrorCode::NeedsApproval,
    {"须经审批后方可进行", "this needs an approval first"},
    {"请客户服务部经理办理，或用 {do:access-request.add} 申请查阅",
     "have the service manager do it, or ask for access with {do:access-request.add}"}};
inline constexpr Fault kFaultInactive{"access.inactive",
                                      ErrorCode::Denied,
                                      {"用户已停用", "this user is not active"},
                                      {"请联系系统管理员", "ask the system administrator"}};
inline constexpr Fault kFaultAgreement{
    "access.agreement",
    ErrorCode::Denied,
    {"尚未签署保密协议", "the confidentiality agreement is not signed"},
    {"请先签署保密协议", "sign it first"}};
inline constexpr Fault kFaultSuspended{"access.suspended",
                                       ErrorCode::Denied,
                                       {"终端或用户已被暂停", "this device or user is suspended"},
                                       {"请联系客户服务部经理", "ask the service manager"}};
inline constexpr Fault kFaultDestroyed{
    "access.destroyed",
    ErrorCode::Denied,
    {"该档案已销毁", "this file was destroyed"},
    {"如有新业务，请另建新档", "open a new file for new business"}};
inline constexpr Fault kFaultServerField{
    "access.server_field",
    ErrorCode::Denied,
    {"该字段由中心端或流程设定", "only the office or a workflow sets this field"},
    {"请通过相应流程申请", "ask for it through its workflow"}};
inline constexpr Fault kFaultLetters{
    "access.writers",
    ErrorCode::Denied,
    {"该字段不由您的角色填写", "your role does not write this field"},
    {"请交负责人或信息员填写", "leave it to the owner or the clerk"}};
inline constexpr Fault kFaultOffline{
    "access.offline",
    ErrorCode::Denied,
    {"此内容不在离线范围内", "a laptop may not hold this"},
    {"请联网查阅，或申请离线授权", "read it online, or ask for an offline grant"}};

inline constexpr Fault kFaultGrantPurpose{
    "grant.purpose",
    ErrorCode::Usage,
    {"须说明授权目的（至少四个字）", "a grant needs a purpose of at least 4 characters"},
    {"写明授权的目的", "say what it is for"}};
inline constexpr Fault kFaultGrantLimits{
    "grant.limits",
    ErrorCode::Denied,
    {"离线授权最多 7 天、20 个客户", "an offline grant covers at most 7 days and 20 customers"},
    {"缩短期限或分批授权", "shorten it or make several"}};
inline constexpr Fault kFaultGrantLength{
    "grant.length",
    ErrorCode::Denied,
    {"授权最长 366 天", "a grant lasts at most 366 days"},
    {"缩短期限，到期再续", "shorten it, and renew it when it ends"}};

inline constexpr std::array kFaults{
    &kFaultDenied,      &kFaultLevel,         &kFaultPurposeNeeded, &kFaultFieldPurpose,
    &kFaultFieldHidden, &kFaultNeedsApproval, &kFaultInactive,      &kFaultAgreement,
    &kFaultSuspended,   &kFaultDestroyed,     &kFaultServerField,   &kFaultLetters,
    &kFaultOffline,     &kFaultGrantPurpose,  &kFaultGrantLimits,   &kFaultGrantLength};

/// Every fault above: how a stored reason is turned back into words.
constexpr std::span<const Fault* const> faults() {
    return kFaults;
}

}  // namespace dossier::access
