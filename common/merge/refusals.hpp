// Why the office's door did not apply an op, where neither catalog, judge nor access say it. They
// travel in verdicts by id, so both sides know them.
#pragma once

#include <array>

#include "common/base/result.hpp"

namespace dossier::merge {

/// One answer for "there is none", "you may not know of it" and "it was deleted for you": what is
/// invisible must not be told apart from what does not exist (sync 5.5).
inline constexpr Fault kUnknownRecord{
    "intake.unknown_record",
    ErrorCode::NotFound,
    {"没有这条记录，或您无权查阅", "no such record, or none you may know of"},
    {"同步后重新选择；如确需查阅请申请授权", "sync and choose again, or ask for a grant"}};
inline constexpr Fault kRecordExists{"intake.record_exists",
                                     ErrorCode::Conflict,
                                     {"记录已存在", "the record exists already"},
                                     {"无需重复提交", "there is no need to send it again"}};
inline constexpr Fault kSibling{
    "intake.sibling",
    ErrorCode::Conflict,
    {"同一次操作中的另一项未被接受", "another part of the same action was refused"},
    {"先处理那一项，再重新提交", "settle that part, then submit again"}};
inline constexpr Fault kStale{"intake.stale",
                              ErrorCode::Stale,
                              {"其间已有他人修改", "somebody changed it meanwhile"},
                              {"重新查看后再决定", "look again, then decide"}};
inline constexpr Fault kSettled{"intake.settled",
                                ErrorCode::Conflict,
                                {"{} 号已处理过", "number {} is settled already"},
                                {"如需改变请先撤销", "undo it first if it must change"}};
inline constexpr Fault kUnknownEvent{"intake.unknown_event",
                                     ErrorCode::Version,
                                     {"不认识的流程事件 {}", "unknown workflow event {}"},
                                     {"升级中心端程序", "upgrade the office"}};
inline constexpr Fault kWrongAuthor{
    "intake.wrong_author",
    ErrorCode::Denied,
    {"作者不是本终端的使用人", "the author is not this device's user"},
    {"用本人的终端提交", "submit from your own device"}};
inline constexpr Fault kNotUnique{"intake.not_unique",
                                  ErrorCode::Conflict,
                                  {"{} 已被使用", "{} is in use"},
                                  {"换一个值", "choose another"}};
inline constexpr Fault kHeldBy{
    "intake.held_by",
    ErrorCode::Conflict,
    {"{} 已用于“{}”", "{} is in use: \"{}\" has it"},
    {"换一个值，或改正那一条", "choose another, or correct that record"}};
/// Of some records there is only one: arguments are the kind, what tells it apart, which one it is.
inline constexpr Fault kOneOnly{
    "intake.one_only",
    ErrorCode::Conflict,
    {"{}：相同“{}”的已有一条（{}）", "{}: there is one with the same \"{}\" already ({})"},
    {"同步后在已有的那一条上填写；您写的内容仍保留",
     "sync and write it there; what you wrote is kept"}};
inline constexpr Fault kUnreadable{"intake.unreadable",
                                   ErrorCode::Malformed,
                                   {"中心端无法解读这次变更", "the office cannot read this change"},
                                   {"升级程序后重新录入；内容仍保留在“未采纳”",
                                    "upgrade and enter it again; the content stays in the tray"}};

inline constexpr Fault kMergeCycle{
    "intake.merge_cycle",
    ErrorCode::Conflict,
    {"两个档案已是同一个（或互相并入）", "the two files are one already, or each into the other"},
    {"查看 dup list --all", "see dup list --all"}};
inline constexpr Fault kMergeOpen{
    "intake.merge_open",
    ErrorCode::Conflict,
    {"被并入的档案还有待处理事项：{}", "the file to be absorbed has open matters: {}"},
    {"先裁决或核实，再合并", "rule or verify them first, then merge"}};
inline constexpr Fault kMergeLevel{
    "intake.merge_level",
    ErrorCode::Denied,
    {"机密以上档案的合并须先由他人提议，由客户服务部经理批准",
     "files of level 2 and above are merged by the service manager after somebody else proposed "
     "it"},
    {"先用 dup propose 提议", "propose it first with dup propose"}};
inline constexpr Fault kMergeFirst{
    "intake.merge_first",
    ErrorCode::Conflict,
    {"保留的档案后来又并入了别的档案", "the surviving file was merged into another since"},
    {"先撤销后一次合并", "take the later merge back first"}};
inline constexpr Fault kMergeOver{"intake.merge_over",
                                  ErrorCode::Denied,
                                  {"已过可撤销的期限（90 天）", "90 days have passed since"},
                                  {"请另建档案", "open a new file"}};

inline constexpr Fault kWithheld{
    "intake.withheld",
    ErrorCode::NeedsApproval,
    {"写入时权限已终止或终端已报失，内容在办公室以 {} 号暂存，尚未生效",
     "it was written when the right had ended or the laptop was lost: the office keeps it under "
     "number {}, without effect so far"},
    {"无需重录；请客户服务部经理按此编号决定是否采纳",
     "do not enter it again; the service manager decides on it by that number"}};

inline constexpr Fault kLegalHold{
    "intake.legal_hold",
    ErrorCode::Conflict,
    {"该档案有法律保留，不能抹除", "the file is under a legal hold and cannot be erased"},
    {"先解除法律保留", "end the legal hold first"}};

inline constexpr std::array kRefusals{
    &kUnknownRecord, &kRecordExists, &kSibling,    &kStale,     &kSettled,    &kUnknownEvent,
    &kWrongAuthor,   &kNotUnique,    &kHeldBy,     &kOneOnly,   &kUnreadable, &kMergeCycle,
    &kMergeOpen,     &kMergeLevel,   &kMergeFirst, &kMergeOver, &kWithheld,   &kLegalHold};

}  // namespace dossier::merge
