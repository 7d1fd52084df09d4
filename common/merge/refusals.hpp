// Why the office's door did not apply an op, where neither catalog, judge nor access say it. They
// travel in verdicts by id, so both sides know them.
#pragma once

#include <array>

#include "common/base/result.hpp"
#include "common/merge/dealing_refusals.hpp"
#include "common/merge/secrecy_refusals.hpp"

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
inline constexpr Fault kSettled{
    "intake.settled",
    ErrorCode::Conflict,
    {"“{}”已处理过", "\"{}\" is settled already"},
    {"无需再办；其中已作的裁决可以撤销", "nothing is left to do; of these a ruling can be undone"}};
inline constexpr Fault kUnknownEvent{"intake.unknown_event",
                                     ErrorCode::Version,
                                     {"不认识的流程事件 {}", "unknown workflow event {}"},
                                     {"升级中心端程序", "upgrade the office"}};
inline constexpr Fault kOutOfTurn{
    "intake.out_of_turn",
    ErrorCode::Conflict,
    {"这一步不能在“{}”状态下进行", "this step is out of turn: the state is \"{}\""},
    {"查看当前状态，先办理应办的一步", "look at the state, and take the step that is due first"}};
inline constexpr Fault kUnknownState{
    "intake.unknown_state",
    ErrorCode::Version,
    {"“{}”的内容不是本版本认识的状态", "\"{}\" holds a state this version does not know"},
    {"升级中心端程序", "upgrade the office"}};
inline constexpr Fault kSameSigner{"intake.same_signer",
                                   ErrorCode::Denied,
                                   {"您已在前一步签署，这一步须由另一人办理",
                                    "you signed an earlier step: this one takes another person"},
                                   {"请有权的同事办理", "leave it to a colleague who may do it"}};
inline constexpr Fault kMissingInput{"intake.missing_input",
                                     ErrorCode::Malformed,
                                     {"这一步须填写“{}”", "this step needs a value for \"{}\""},
                                     {"补填后重试", "give it and try again"}};
inline constexpr Fault kReasonNeeded{"intake.reason_needed",
                                     ErrorCode::Malformed,
                                     {"这一步须说明理由", "this step needs a reason"},
                                     {"填写理由后重试", "give a reason and try again"}};
inline constexpr Fault kNotFilled{
    "intake.not_filled",
    ErrorCode::Conflict,
    {"提交审核前还须填写：{}", "still to be filled in before it is submitted: {}"},
    {"补填后重新提交", "fill it in, then submit again"}};
inline constexpr Fault kNoSuperior{
    "intake.no_superior",
    ErrorCode::Conflict,
    {"没有登记直接上级，无人可以审核", "no direct superior is on record to review it"},
    {"请系统管理员登记直接上级", "ask the administrator to record the superior"}};
inline constexpr Fault kSpokenOf{
    "intake.spoken_of",
    ErrorCode::Conflict,
    {"草稿已有沟通记录，不能放弃", "there are communications about this draft"},
    {"提交审核，或请客户服务部经理作废", "submit it, or ask the service manager to void it"}};
inline constexpr Fault kOpenMatters{"intake.open_matters",
                                    ErrorCode::Conflict,
                                    {"该档案还有待处理事项：{}", "the file has open matters: {}"},
                                    {"先裁决或核实，再继续", "rule or verify them first"}};
inline constexpr Fault kNeedsReview{
    "intake.needs_review",
    ErrorCode::Conflict,
    {"这份草稿须先经其作者的直接上级审核", "the superior of its author reviews this draft first"},
    {"请作者用 {do:customer.submit} 提交",
     "ask its author to submit it with {do:customer.submit}"}};
inline constexpr Fault kUnchecked{
    "intake.unchecked",
    ErrorCode::Conflict,
    {"没有您写下的属实的核实记录，或有一项最近核实为不符",
     "you wrote down no check of this file that agrees, or what you found last differs"},
    {"用 {do:field-check.add} 记下核实了什么、用什么方式；不符的退回给作者",
     "write down what you checked and how with {do:field-check.add}; what differs goes back to its "
     "author"}};
inline constexpr Fault kSignedOn{
    "intake.signed_on",
    ErrorCode::Conflict,
    {"已据此签署核实，不能再删除", "an inspection was signed on the strength of it: it stays"},
    {"如有不符，另记一条", "where it is wrong, write down another"}};
inline constexpr Fault kLikelyTwin{
    "intake.likely_twin",
    ErrorCode::Conflict,
    {"与另一份档案疑似重复（第 {} 号），不能入库",
     "it may be the same customer as another file (number {}), so it is not posted"},
    {"先合并两份档案，或说明它们不是重复，再入库",
     "merge the two, or say that they are two, then post"}};
inline constexpr Fault kNoTwin{
    "intake.no_twin",
    ErrorCode::Conflict,
    {"与之重复的档案不存在或就是本档案", "the file it repeats is not there, or is this file"},
    {"另选要保留的档案", "choose another file to keep"}};
inline constexpr Fault kStepWaits{
    "intake.step_waits",
    ErrorCode::Conflict,
    {"该待办随流程步骤办结", "this task ends with the step it waits for"},
    {"请办理该步骤", "take that step"}};
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
// What only the office sets, said of a new record by somebody at the office who may not say it.
inline constexpr Fault kPresetLevel{
    "intake.preset_level",
    ErrorCode::Denied,
    {"新记录不能自定“{}”", "nobody sets \"{}\" of a new record"},
    {"不要填写此项；建立后用 {do:secrecy-marking.add} 拟定密级，由他人批准",
     "leave it out, and propose a level with {do:secrecy-marking.add}: another approves it"}};
inline constexpr Fault kPresetPlace{
    "intake.preset_place",
    ErrorCode::Denied,
    {"您不能为新记录指定这样的“{}”", "you may not give a new record this \"{}\""},
    {"不填，或填本人和职责范围内的；建立后由有移交权的主管移交",
     "leave it out, or say yourself or what lies within your reach; a manager who may transfers it "
     "later"}};
inline constexpr Fault kPresetNumber{
    "intake.preset_number",
    ErrorCode::Denied,
    {"“{}”由办公室编制，不能自填", "the office issues \"{}\""},
    {"不要填写此项；已有档案的编号由信息员导入时带入",
     "leave it out: the clerk's import of existing files brings their own"}};
/// Of some records there is only one: arguments are the kind, what tells it apart, which one it is.
inline constexpr Fault kOneOnly{
    "intake.one_only",
    ErrorCode::Conflict,
    {"{}：相同“{}”的已有一条（{}）", "{}: there is one with the same \"{}\" already ({})"},
    {"在已有的那一条上填写", "write it in the one that is there"}};
inline constexpr Fault kUnreadable{"intake.unreadable",
                                   ErrorCode::Malformed,
                                   {"中心端无法解读这次变更", "the office cannot read this change"},
                                   {"升级程序后重新录入；内容仍保留在“未采纳”",
                                    "upgrade and enter it again; the content stays in the tray"}};

// What a person consented to, and has withdrawn.
inline constexpr Fault kConsentWithdrawn{
    "intake.consent_withdrawn",
    ErrorCode::Denied,
    {"授权已于 {} 撤回，此后不得再写个人资料",
     "the consent was withdrawn on {}: from then on nothing personal may be written"},
    {"登记同一范围的新授权并附凭证后再录入；已有内容可以清除",
     "record a new consent of the same scope with its evidence first; what is there may be "
     "cleared"}};
inline constexpr Fault kNobodyAsked{
    "intake.nobody_asked",
    ErrorCode::Conflict,
    {"“{}”没有负责人，无人可催", "\"{}\" has no manager who could be asked"},
    {"写明被催人，或先登记该部门的负责人", "name a person, or record the department's manager"}};
inline constexpr Fault kNobodySigns{
    "intake.nobody_signs",
    ErrorCode::Conflict,
    {"没有人可以审批：“{}”及其上各级都没有合适的人", "nobody can sign: neither \"{}\" nor above"},
    {"请系统管理员任命该角色后再申请",
     "ask the administrator to appoint somebody, then ask again"}};
inline constexpr Fault kNotHisFile{
    "handover.not_his",
    ErrorCode::Conflict,
    {"客户 {} 不归原负责人所有", "customer {} is not the present owner's"},
    {"从名单中去掉，或更正原负责人", "take it off the list, or correct the present owner"}};
inline constexpr Fault kNothingToHandOver{
    "handover.nothing",
    ErrorCode::Conflict,
    {"原负责人名下没有可移交的客户", "the present owner has no files to hand over"},
    {"核对原负责人", "see whether the present owner is right"}};
inline constexpr Fault kReceiverUnfit{
    "handover.receiver",
    ErrorCode::Conflict,
    {"接收人须是另一位在职且有角色的人", "the new owner must be another who works here in a role"},
    {"另选接收人", "choose another"}};
inline constexpr Fault kLaptopsOut{
    "handover.laptops_out",
    ErrorCode::Conflict,
    {"原负责人的终端 {} 在批准之后还没有同步",
     "laptop {} of the present owner has not synced since the approval"},
    {"让它同步一次；联系不上时由客户服务部经理强制移交",
     "let it sync; where that cannot be, the service manager forces the handover"}};
inline constexpr Fault kNobodyTold{
    "intake.nobody_told",
    ErrorCode::Conflict,
    {"没有人担任“{}”，无处报送", "nobody holds the role \"{}\" it is sent to"},
    {"请系统管理员任命后重试", "ask the administrator to give somebody the role"}};
// Secrecy marks, access that is asked for, and what leaves the house.
// What the company must always have.
inline constexpr Fault kLastHolder{
    "intake.last_holder",
    ErrorCode::Conflict,
    {"这样就没有人担任“{}”了，该岗位不得空缺", "nobody would hold the role \"{}\" any more"},
    {"先任命接替的人", "give the role to a successor first"}};
inline constexpr Fault kFlagStays{
    "intake.flag_stays",
    ErrorCode::Conflict,
    {"“{}”不能空缺", "there must be one with \"{}\""},
    {"直接指定另一个，原来的随之取消", "give it to another: this one loses it by that"}};

inline constexpr Fault kMergeCycle{
    "intake.merge_cycle",
    ErrorCode::Conflict,
    {"两个档案已是同一个（或互相并入）", "the two files are one already, or each into the other"},
    {"在办公室查看已处理的疑似重复", "look at the office's list of settled duplicates"}};
inline constexpr Fault kMergeOpen{
    "intake.merge_open",
    ErrorCode::Conflict,
    {"被并入的档案还有待处理事项：{}", "the file to be absorbed has open matters: {}"},
    {"先裁决或核实，再合并", "rule or verify them first, then merge"}};
inline constexpr Fault kMergeLevel{
    "intake.merge_level",
    ErrorCode::Denied,
    {"机密以上或负责人不同的档案，合并须先由他人提议，由客户服务部经理批准",
     "files of level 2 and above or of two owners are merged by the service manager after somebody "
     "else proposed it"},
    {"请先由他人提议合并", "let somebody else propose the merge first"}};
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

// What was refused of a laptop that could not show it to its author: sealed, or of a stopped one.
inline constexpr Fault kNotTaken{
    "intake.not_taken",
    ErrorCode::Conflict,
    {"办公室没有接受这次写入，原样以 {} 号暂存",
     "the office did not take this, and keeps it as it was written under number {}"},
    {"查看现在的内容，仍需要时重新录入；客户服务部经理可按此编号查看原内容",
     "look at what stands there now, and enter it again where it is still needed; the service "
     "manager sees it by that number"}};
inline constexpr Fault kStepNotTaken{
    "intake.step_not_taken",
    ErrorCode::Conflict,
    {"本机不能显示时写下的这一步，办公室没有办理，原样以 {} 号暂存",
     "the office did not take the step that was written while this laptop could show nothing: it "
     "keeps it under number {}"},
    {"查看档案现在的状态，再办理应办的一步",
     "look at the state the file is in now, and take the step that is due"}};
/// Whether the office kept, without effect, what it refused.
inline bool is_kept(std::string_view reason) {
    return reason == kNotTaken.id || reason == kStepNotTaken.id;
}

inline constexpr Fault kLegalHold{
    "intake.legal_hold",
    ErrorCode::Conflict,
    {"该档案有法律保留，不能抹除", "the file is under a legal hold and cannot be erased"},
    {"先解除法律保留", "end the legal hold first"}};

inline constexpr std::array kRefusals{
    &kUnknownRecord,   &kRecordExists,   &kSibling,           &kStale,
    &kSettled,         &kUnknownEvent,   &kWrongAuthor,       &kNotUnique,
    &kHeldBy,          &kOneOnly,        &kUnreadable,        &kMergeCycle,
    &kMergeOpen,       &kMergeLevel,     &kMergeFirst,        &kMergeOver,
    &kWithheld,        &kLegalHold,      &kOutOfTurn,         &kUnknownState,
    &kSameSigner,      &kMissingInput,   &kReasonNeeded,      &kNotFilled,
    &kNoSuperior,      &kNeedsReview,    &kUnchecked,         &kLikelyTwin,
    &kNoTwin,          &kStepWaits,      &kSpokenOf,          &kOpenMatters,
    &kPresetLevel,     &kPresetPlace,    &kPresetNumber,      &kConsentWithdrawn,
    &kNobodyAsked,     &kNobodyTold,     &kLastHolder,        &kFlagStays,
    &kNobodySigns,     &kNotHisFile,     &kNothingToHandOver, &kReceiverUnfit,
    &kLaptopsOut,      &kSignedOn,       &kNotTaken,          &kStepNotTaken,
    &kEmptyBatch,      &kNoConsent,      &kUnproven,          &kLinesDiffer,
    &kUnpaid,          &kUnsigned,       &kPairDiffers,       &kOtherSigner,
    &kNoContact,       &kNotIndependent, &kNotInformed,       &kContentUnsaid,
    &kNoBasis,         &kNotLate,        &kUnanswered,        &kLongClosed,
    &kFixed,           &kRespondent,     &kWaitPast,          &kInBatch,
    &kDealtWith,       &kComplaintOpen,  &kEvidence,          &kMarkTerm,
    &kMarkCircle,      &kNotForCircle,   &kMarkTarget,        &kMarkHeld,
    &kTermRuns,        &kRequestTerm,    &kRequestPurpose,    &kDisclosureBasis,
    &kDisclosureField, &kUnknownLaptop,  &kLiability,         &kVersionThere,
    &kNotInEffect};

}  // namespace dossier::merge
