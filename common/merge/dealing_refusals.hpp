// Why the office's door did not apply what people do with a customer: batches, contracts, orders,
// reviews, complaints. Source: domain WF-01, WF-09, WF-14.
#pragma once

#include "common/base/result.hpp"

namespace dossier::merge {

/// Argument: label of the state.
inline constexpr Fault kFixed{
    "intake.fixed",
    ErrorCode::Conflict,
    {"已到“{}”，不能再增删", "it is at \"{}\": nothing is added or taken away any more"},
    {"如有不符，另记一条，或请有权的同事更正原有的值",
     "where it is wrong, write down another, or propose another value of what is there"}};
inline constexpr Fault kRespondent{
    "intake.respondent",
    ErrorCode::Denied,
    {"被投诉人本人不得改写或办理这件投诉",
     "the respondent does not change or decide this complaint"},
    {"请由客户服务部的其他人或总经理办理",
     "leave it to somebody else of customer service or the general manager"}};
inline constexpr Fault kWaitPast{
    "intake.wait_past",
    ErrorCode::Conflict,
    {"告知客户等待的时间已经过去", "the time the customer was told to wait until is over"},
    {"填写将来的时间", "give a time to come"}};
/// Argument: name of the batch.
inline constexpr Fault kInBatch{
    "intake.in_batch",
    ErrorCode::Conflict,
    {"档案随批次“{}”审批，审批结束前不能单独修改或入库",
     "the file is approved with the batch \"{}\": until that is over it is neither changed nor "
     "posted alone"},
    {"等批次入库后再改；批次未批准时提交审核",
     "change it once the batch is posted; where the batch was refused, submit the file"}};
/// Argument: what there is.
inline constexpr Fault kDealtWith{
    "intake.dealt_with",
    ErrorCode::Conflict,
    {"客户名下有{}，不能放弃、作废或删除", "the customer has: {}; the file stays"},
    {"交易已结束的客户请归档", "archive a customer there is no business with any more"}};
inline constexpr Fault kComplaintOpen{
    "intake.complaint_open",
    ErrorCode::Conflict,
    {"客户的投诉还没有办结", "a complaint of the customer is not settled"},
    {"先办结投诉", "settle it first"}};
inline constexpr Fault kEvidence{
    "intake.evidence",
    ErrorCode::Conflict,
    {"凭证不是该客户本季度的联系记录", "the evidence is no talk with this customer in the quarter"},
    {"另选一条联系记录", "name another talk"}};
inline constexpr Fault kEmptyBatch{"intake.empty_batch",
                                   ErrorCode::Conflict,
                                   {"批次里没有档案", "the batch has no file"},
                                   {"先导入档案，再送审", "import files first, then put it up"}};
inline constexpr Fault kNoConsent{
    "intake.no_consent",
    ErrorCode::Conflict,
    {"客户没有有效的授权，首个订单不能确认",
     "without the customer's consent his first order is not confirmed"},
    {"先用 {do:consent.add} 登记授权或法定依据",
     "enter the consent, or a legal basis, with {do:consent.add} first"}};
inline constexpr Fault kUnproven{
    "intake.unproven",
    ErrorCode::Conflict,
    {"档案里没有身份证明或营业执照，首个订单不能确认",
     "without a proof of identity or a business licence in the file the first order is not "
     "confirmed"},
    {"用 {do:attach.add} 加入证明，或由客户服务部经理说明理由后先确认",
     "add the proof with {do:attach.add}, or the service manager confirms it with a reason"}};
/// Arguments: the sum of the lines, the amount.
inline constexpr Fault kLinesDiffer{
    "intake.lines_differ",
    ErrorCode::Conflict,
    {"明细合计 {} 与总额 {} 不符", "the lines give {}, the amount is {}"},
    {"更正明细或总额", "correct the lines or the amount"}};
/// Argument: what is outstanding.
inline constexpr Fault kUnpaid{
    "intake.unpaid",
    ErrorCode::Conflict,
    {"还有 {} 未付", "{} is outstanding"},
    {"先用 {do:payment.add} 登记付款", "enter the payment with {do:payment.add} first"}};
/// Argument: label of the field.
inline constexpr Fault kUnsigned{"intake.unsigned",
                                 ErrorCode::Conflict,
                                 {"合同没有填写{}", "the contract lacks: {}"},
                                 {"填写后再登记签订", "fill it in first"}};
inline constexpr Fault kPairDiffers{
    "intake.pair_differs",
    ErrorCode::Conflict,
    {"配套合同的签订日期不同或没有填写", "the paired contract is of another day, or of none"},
    {"供应合同与质量保证合同应同日签订（R-184）",
     "supply and quality contract are signed on one day (R-184)"}};
inline constexpr Fault kOtherSigner{
    "intake.other_signer",
    ErrorCode::Conflict,
    {"我方签署人不是资材部长", "our signer is not the head of materials"},
    {"改为资材部长，或填写签署人不同的理由（R-183）",
     "name the head of materials, or say why another signs (R-183)"}};
inline constexpr Fault kNoContact{
    "intake.no_contact",
    ErrorCode::Conflict,
    {"重点客户核定需本季度的联系记录", "a key customer needs a contact in the quarter"},
    {"先记录本季度的拜访或沟通，或指明凭证",
     "record a visit or talk of the quarter first, or name the evidence"}};
inline constexpr Fault kNotIndependent{
    "intake.not_independent",
    ErrorCode::Denied,
    {"调查人不能是被投诉人或其下属", "the respondent and his people do not investigate"},
    {"另选调查人", "name another investigator"}};
inline constexpr Fault kNotInformed{
    "intake.not_informed",
    ErrorCode::Conflict,
    {"须已告知投诉人，以及被投诉人或其上级",
     "the complainant and the respondent or his superior must have been informed"},
    {"告知后在“已告知”里选上", "inform them, and say so"}};
inline constexpr Fault kContentUnsaid{
    "intake.content_unsaid",
    ErrorCode::Conflict,
    {"还没有归类：服务投诉须有服务特征，业务投诉须有业务类别",
     "not classed yet: service complaints need their traits, business complaints their kind"},
    {"先填写内容类别", "say first what is complained of"}};
inline constexpr Fault kNoBasis{"intake.no_basis",
                                ErrorCode::Conflict,
                                {"认定为恶性须有依据", "what is malignant needs a basis"},
                                {"选择恶性依据", "name the basis"}};
inline constexpr Fault kNotLate{
    "intake.not_late",
    ErrorCode::Conflict,
    {"不是超过一个月的态度投诉", "it is no attitude complaint of more than a month ago"},
    {"选择别的无效情形", "choose another reason"}};
inline constexpr Fault kUnanswered{
    "intake.unanswered",
    ErrorCode::Conflict,
    {"还没有答复客户", "the customer has not been answered"},
    {"先用 {do:complaint.reply} 登记答复", "note the answer with {do:complaint.reply} first"}};
inline constexpr Fault kLongClosed{
    "intake.long_closed",
    ErrorCode::Conflict,
    {"办结已久，不能重新调查", "it was closed too long ago to be opened again"},
    {"登记为新的投诉", "register a new complaint"}};

}  // namespace dossier::merge
