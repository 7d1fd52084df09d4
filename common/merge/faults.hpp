// Why an op was not applied: the reasons verdicts carry by `Fault::id`.
#pragma once

#include <array>
#include <span>

#include "common/base/result.hpp"

namespace dossier::merge {

inline constexpr Fault kImmutable{
    "merge.immutable",
    ErrorCode::Denied,
    {"“{}”建立后不可更改", "\"{}\" cannot be changed once set"},
    {"如确有错误，请信息员作备注更正", "if it is wrong, ask the clerk to correct it by a remark"}};
inline constexpr Fault kServerOnly{"merge.server_only",
                                   ErrorCode::Denied,
                                   {"“{}”只由中心端设定", "only the office sets \"{}\""},
                                   {"不要填写此项；它由相应的流程或中心端自动设定",
                                    "leave it out: its workflow or the office itself sets it"}};
inline constexpr Fault kAppendOnly{
    "merge.append_only",
    ErrorCode::Denied,
    {"“{}”只能追加，已有内容不可修改或删除", "\"{}\" only grows: what is there stays"},
    {"请追加一条更正", "add a correction"}};
inline constexpr Fault kOrphan{
    "merge.orphan",
    ErrorCode::NotFound,
    {"所属记录 {} 不在中心端", "the record {} it belongs to is not at the office"},
    {"等待所属记录上传；若已被退回，请改挂其他记录",
     "wait until that record is uploaded; if it was refused, attach this one elsewhere"}};
inline constexpr Fault kUnknownKind{
    "merge.unknown_kind",
    ErrorCode::Version,
    {"中心端不认识记录类型 {}", "the office does not know records of kind {}"},
    {"中心端升级后自动处理，无需重录", "kept until the office is upgraded; do not enter it again"}};
inline constexpr Fault kUnknownField{
    "merge.unknown_field",
    ErrorCode::Version,
    {"中心端不认识字段 {}", "the office does not know field {}"},
    {"中心端升级后自动处理，无需重录", "kept until the office is upgraded; do not enter it again"}};
inline constexpr Fault kUnknownOp{
    "merge.unknown_op",
    ErrorCode::Version,
    {"中心端不认识操作 {}", "the office does not know operation {}"},
    {"中心端升级后自动处理，无需重录", "kept until the office is upgraded; do not enter it again"}};
inline constexpr Fault kRemoved{
    "merge.removed",
    ErrorCode::Conflict,
    {"该记录已删除或合并", "this record was deleted or merged"},
    {"内容已保留在“未采纳”；如仍有用，请录入现存记录",
     "the content stays in the tray; enter it in the record that remains"}};
inline constexpr Fault kDestroyed{"merge.destroyed",
                                  ErrorCode::Conflict,
                                  {"该档案已按审批销毁", "this file was destroyed after approval"},
                                  {"内容已隔离保存三十天；如有新业务，请客户服务部经理另建档案",
                                   "the content is kept apart for 30 days; for new business the "
                                   "service manager opens a new file"}};
inline constexpr Fault kExists{
    "merge.exists",
    ErrorCode::Conflict,
    {"同一编号的记录已经存在", "a record with this identity exists already"},
    {"请重新录入为新记录", "enter it again as a new record"}};
inline constexpr Fault kMixedGroup{
    "merge.mixed_group",
    ErrorCode::Malformed,
    {"一次修改只能涉及一个合并组", "one set operation changes one group of fields"},
    {"请升级本机程序后重试", "upgrade the program on this machine and try again"}};

inline constexpr std::array<const Fault*, 11> kFaults{
    &kImmutable, &kServerOnly, &kAppendOnly, &kOrphan, &kUnknownKind, &kUnknownField,
    &kUnknownOp, &kRemoved,    &kDestroyed,  &kExists, &kMixedGroup};

/// Every fault above: how a stored reason is turned back into words.
constexpr std::span<const Fault* const> faults() {
    return kFaults;
}

}  // namespace dossier::merge
