// What a customer complains of: complaint (投诉), and the help others owe its investigation,
// assist_request (协查). Source: domain 2.3.5, R-206 to R-224.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kComplaintChannel{
    Choice{"phone", {"电话", "phone"}},   Choice{"chat", {"聊天工具", "chat"}},
    Choice{"visit", {"来访", "visit"}},   Choice{"email", {"邮件", "email"}},
    Choice{"letter", {"信函", "letter"}}, Choice{"superior", {"上级转来", "from above"}},
    Choice{"media", {"媒体", "media"}},
};
inline constexpr std::array kComplaintContent{
    Choice{"service", {"服务投诉", "service"}},
    Choice{"business", {"业务投诉", "business"}},
};
inline constexpr std::array kServiceTrait{
    Choice{"rude", {"态度恶劣或不理睬", "rude or ignoring"}},
    Choice{"promise_breach", {"违背承诺造成麻烦", "a promise was broken"}},
    Choice{"conduct_breach", {"违反行为规范", "breach of conduct rules"}},
    Choice{"duty_failure", {"未履行职责", "duty not done"}},
    Choice{"arrogant", {"傲慢或不负责任", "arrogant or irresponsible"}},
};
inline constexpr std::array kBusinessComplaint{
    Choice{"cargo_discrepancy", {"货差", "cargo discrepancy"}},
    Choice{"timeliness_unload", {"卸货不及时", "late unloading"}},
    Choice{"timeliness_delivery", {"送货不及时", "late delivery"}},
    Choice{"timeliness_pickup", {"提货不及时", "late pick-up"}},
    Choice{"info_gps", {"GPS 信息", "GPS information"}},
    Choice{"info_mobile", {"手机反馈信息", "feedback by mobile"}},
    Choice{"info_signoff", {"签收信息", "sign-off"}},
    Choice{"insurance", {"保险理赔", "insurance claim"}},
};
inline constexpr std::array kValidity{
    Choice{"undecided", {"未定", "undecided"}},
    Choice{"valid", {"有效", "valid"}},
    Choice{"invalid", {"无效", "invalid"}},
};
inline constexpr std::array kInvalidReason{
    Choice{"1", {"事实严重不符且责任在投诉人", "facts differ and the blame is the complainant's"}},
    Choice{"2", {"要求未承诺或禁止的服务", "wants a service not promised or forbidden"}},
    Choice{"3", {"无理取闹或威胁", "picks a quarrel or threatens"}},
    Choice{"4", {"匿名且无事实或主要事实不实", "anonymous without facts or main facts untrue"}},
    Choice{"5", {"资料不全且无法追溯核实", "incomplete and cannot be traced"}},
    Choice{"6", {"态度投诉超过一个月", "attitude complaint after more than a month"}},
};
inline constexpr std::array kSeverity{
    Choice{"ordinary", {"一般性", "ordinary"}},
    Choice{"malignant", {"恶性", "malignant"}},
};
inline constexpr std::array kMalignantBasis{
    Choice{"media", {"媒体广泛影响", "wide media effect"}},
    Choice{"conflict", {"与客户发生冲突", "conflict with the customer"}},
    Choice{"social_effect", {"较大社会影响", "large social effect"}},
};
inline constexpr std::array kInvalidMotive{
    Choice{"ordinary_invalid", {"一般无效", "ordinary"}},
    Choice{"malicious", {"恶意", "malicious"}},
};
inline constexpr std::array kInformed{
    Choice{"complainant", {"投诉人", "complainant"}},
    Choice{"respondent", {"被投诉人", "respondent"}},
    Choice{"superior", {"被投诉人上级", "the respondent's superior"}},
};
inline constexpr std::array kComplaintState{
    Choice{"received", {"已受理", "received"}},
    Choice{"planned", {"已有方案", "plan given"}},
    Choice{"investigating", {"调查中", "being investigated"}},
    Choice{"escalated", {"已上报", "escalated"}},
    Choice{"found", {"已查明", "found out"}},
    Choice{"resolving", {"处理中", "being settled"}},
    Choice{"closed", {"已办结", "closed"}},
    Choice{"invalid_closed", {"无效办结", "closed as invalid"}},
};
inline constexpr std::array kAssistState{
    Choice{"open", {"待答复", "to be answered"}},
    Choice{"answered", {"已答复", "answered"}},
};

}  // namespace choices

namespace table {

/// Who takes a complaint: service staff and whoever the customer reaches.
inline constexpr Writers kReceivers = kService | kOwner | kServiceManager | kSupervisor;

// What is said at receipt is written by people, all that follows by the steps of WF-09.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kComplaintFields{
    row(16, "complaint_no",     {"投诉编号", "Complaint number"}, text(20),           k0, Y, SV, kOn, {.unique = true, .aliases = "编号"}),
    row(17, "customer_id",      {"客户", "Customer"}, ref("customer"),               k0, kReceivers, IM, kOn, {.required = true}),
    row(18, "received_at",      {"接到时间", "Received at"}, time(Check::NotFuture), k0, kReceivers, IM, kOn, {.required = true, .preset = "now"}),
    row(19, "received_by",      {"受理人", "Received by"}, ref("user"),              k0, Y, IM, kOn, {.preset = kAuthor}),
    row(20, "channel",          {"渠道", "Channel"}, one_of(choices::kComplaintChannel), k0, kReceivers, IM, kOn, {.required = true, .preset = "phone"}),
    row(21, "complainant_name", {"投诉人", "Complainant"}, text(60),                  k1, kReceivers, LW, kOn, {.required = true, .preset = "匿名"}),
    row(22, "complainant_phone", {"投诉人电话", "Phone of the complainant"}, text(30, Check::Phone), k1, kReceivers, LW, kOn),
    row(23, "anonymous",        {"匿名", "Anonymous"}, kYesNo,                        k0, kReceivers, LW, kOn),
    row(24, "target_user_id",   {"被投诉人", "Respondent"}, ref("user"),              kSame, kReceivers, LW, kOn),
    row(25, "target_text",      {"投诉对象", "Object of the complaint"}, text(120),   kSame, kReceivers, LW, kOn, {.required = true, .instead = "target_user_id"}),
    row(26, "incident_on",      {"事发日期", "Happened on"}, date(Check::NotFuture),  kSame, kReceivers, LW, kOn, {.preset = "today"}),
    row(27, "course",           {"经过", "Course of events"}, text(8000),             kSame, kReceivers, LW, kOn, {.required = true}),
    row(28, "content_kind",     {"内容类别", "Content"}, one_of(choices::kComplaintContent), k0, kReceivers, HA, kOn),
    row(29, "service_traits",   {"服务特征", "Service traits"}, set_of(choices::kServiceTrait), kSame, kReceivers, UN, kOn),
    row(30, "business_kind",    {"业务类别", "Business kind"}, one_of(choices::kBusinessComplaint), kSame, kReceivers, HA, kOn),
    row(31, "plan_text",        {"处理方案", "Plan"}, text(4000),                     kSame, W, SV, kOn),
    row(32, "plan_at",          {"提出方案时间", "Plan given at"}, time(),            kSame, W, SV, kOn),
    row(33, "plan_by",          {"提出方案人", "Plan by"}, ref("user"),               kSame, W, SV, kOn),
    row(34, "replied_at",       {"答复时间", "Answered at"}, time(),                  kSame, W, SV, kOn),
    row(35, "breached",         {"方案超时", "Plan was late"}, kYesNo,                k0, W, SV, kOn),
    row(36, "investigator_id",  {"调查人", "Investigator"}, ref("user"),              k0, W, SV, kOn),
    row(37, "findings",         {"调查结果", "Findings"}, text(4000),                 k2, W, SV, kOff),
    row(38, "management_gap",   {"管理漏洞", "Management gap"}, text(2000),           k1, W, SV, kOff),
    row(39, "informed",         {"已告知", "Informed"}, set_of(choices::kInformed),   kSame, W, SV, kOff),
    row(40, "validity",         {"有效性", "Validity"}, one_of(choices::kValidity),   kSame, W, SV, kOn, {.preset = "undecided"}),
    row(41, "invalid_reason",   {"无效情形", "Why invalid"}, one_of(choices::kInvalidReason), kSame, W, SV, kOff),
    row(42, "invalid_motive",   {"无效动机", "Motive"}, one_of(choices::kInvalidMotive), kSame, W, SV, kOff),
    row(43, "severity",         {"严重程度", "Severity"}, one_of(choices::kSeverity), kSame, W, SV, kOn),
    row(44, "malignant_basis",  {"恶性依据", "Basis of malignancy"}, set_of(choices::kMalignantBasis), kSame, W, SV, kOff),
    row(45, "result",           {"处理结果", "Result"}, text(4000),                   kSame, W, SV, kOn),
    row(46, "measures",         {"改进措施", "Measures"}, text(2000),                 kSame, W, SV, kOn),
    row(47, "wait_reply_at",    {"告知客户等待至", "Customer was told to wait until"}, time(), kSame, W, SV, kOn),
    row(48, "escalated_at",     {"上报时间", "Escalated at"}, time(),                 kSame, W, SV, kOn),
    row(49, "satisfaction",     {"客户评价（1–5）", "Satisfaction (1-5)"}, whole(1, 5), kSame, W, SV, kOn),
    row(50, "closed_at",        {"办结时间", "Closed at"}, time(),                    kSame, W, SV, kOn),
    row(51, "state",            {"状态", "State"}, one_of(choices::kComplaintState),  k0, W, SV, kOn, {.preset = "received"}),
    row(52, "remark",           {"办理说明", "Why so decided"}, text(500),            kSame, W, SV, kOn),
};

inline constexpr std::array kAssistRequestFields{
    row(16, "complaint_id", {"投诉", "Complaint"}, ref("complaint"),                  k0, S|C|V|kSupervisor|I|kRegional|M, IM, kOn, {.required = true}),
    row(17, "asked_user_id", {"协查人", "Asked person"}, ref("user"),                 k0, S|C|V|kSupervisor|I|kRegional|M, IM, kOn, {.required = true}),
    row(18, "question",     {"协查事项", "What is asked"}, text(1000),                kSame, S|C|V|kSupervisor|I|kRegional|M, IM, kOn, {.required = true}),
    row(19, "due_on",       {"期限", "Due on"}, date(),                               k0, S|C|V|kSupervisor|I|kRegional|M, IM, kOn, {.preset = "+complaint.assist_days"}),
    row(20, "answer",       {"答复", "Answer"}, text(2000),                           kSame, W, SV, kOn),
    row(21, "answered_at",  {"答复时间", "Answered at"}, time(),                      kSame, W, SV, kOn),
    row(22, "state",        {"状态", "State"}, one_of(choices::kAssistState),         k0, W, SV, kOn, {.preset = "open"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kComplaint{
    .tag = 64,
    .name = "complaint",
    .label = {"投诉", "Complaint"},
    .fields = table::kComplaintFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "complaint_no",
    .list_columns = "received_at|complaint_no|customer_id|content_kind|target_text|severity|state",
    .list_order = "received_at",
    .list_filters = "state|content_kind|channel|validity|severity",
    .made_by = MadeBy::Record,
    .only_adds = true,
    .known_by = "complaint_no",
    .form =
        "customer_id|complainant_name|complainant_phone|target_text|course|channel|received_at|"
        "incident_on|content_kind",
    .excerpt = "course",
    .asks = "investigator_id",
    .against = "target_user_id",
    .numbered = "complaint_no=TS-{yyyymm}-{4}"};
inline constexpr Kind kAssistRequest{
    .tag = 65,
    .name = "assist_request",
    .label = {"协查", "Request for help"},
    .fields = table::kAssistRequestFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "complaint_id",
    .title = "question",
    .list_columns = "due_on|complaint_id|question|asked_user_id|state",
    .list_order = "due_on",
    .made_by = MadeBy::Letters,
    .asks = "asked_user_id"};

}  // namespace dossier::catalog
