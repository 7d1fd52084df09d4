// What people did: communication, work_log, work_log_line. Source: domain 2.3.1, 2.3.2.
#pragma once

#include "common/catalog/choices_work.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

inline constexpr Writers kBoth = kSelf | kSuperior;

// Attachments and change proposals were no kinds of the catalog when these fields were declared:
// their identities are kept as text.
// Rows that are append-only as a whole (AO on a single value) are Immutable: written once.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kCommunicationFields{
    row(16, "customer_id",  {"客户", "Customer"}, ref("customer"),                  k0, O|S, RB, kOn, {.required = true}),
    row(17, "kind",         {"方式", "Kind"}, one_of(choices::kCommunicationKind),  kSame, O|S, HA, kOn, {.required = true, .preset = "visit"}),
    row(18, "started_at",   {"开始时间", "Started at"}, time(Check::NotFuture),     kSame, O|S, HA, kOn, {.required = true, .group = "period", .preset = "now", .aliases = "时间|拜访时间"}),
    row(19, "ended_at",     {"结束时间", "Ended at"}, time(Check::NotFuture),       kSame, O|S, HA, kOn, {.group = "period"}),
    row(20, "place",        {"地点", "Place"}, text(120),                           kSame, O|S, LW, kOn),
    row(21, "geo",          {"坐标", "Coordinates"}, text(24, Check::Geo),          kSame, O|S, LW, kOn),
    row(22, "contact_ids",  {"对方人员", "Their people"}, refs("contact"),          kSame, O|S, UN, kOn),
    row(23, "our_user_ids", {"我方人员", "Our people"}, refs("user"),               kSame, O|S, UN, kOn),
    row(24, "purpose",      {"目的", "Purpose"}, text(200),                         kSame, O|S, LW, kOn),
    row(25, "content",      {"内容", "Content"}, text(8000),                        kSame, O|S, RB, kOn, {.required = true, .aliases = "沟通内容|拜访内容"}),
    row(26, "needs",        {"需求", "Needs"}, text(2000),                          kSame, O|S, LW, kOn),
    row(27, "problems",     {"问题", "Problems"}, text(2000),                       kSame, O|S, LW, kOn),
    row(28, "suggestions",  {"建议", "Suggestions"}, text(2000),                    kSame, O|S, LW, kOn),
    row(29, "minutes_attachment_id", {"会议纪要", "Minutes"}, kId,                  kSame, O|S, LW, kOn),
    row(30, "result",       {"结果", "Result"}, one_of(choices::kCommunicationResult), kSame, O|S, LW, kOn),
    row(31, "next_action",  {"下一步", "Next action"}, text(300),                   kSame, O|S, LW, kOn, {.group = "next"}),
    row(32, "next_on",      {"下一步日期", "Next on"}, date(),                      kSame, O|S, LW, kOn, {.group = "next"}),
    row(33, "extracted_changes", {"资料变更提议", "Extracted changes"}, list(36, Check::RecordId), kSame, O|S, AO, kOn),
    row(34, "locked_at",    {"锁定时间", "Locked at"}, time(),                      k0, Y, SV, kOn),
    row(35, "remark",       {"备注(更正)", "Remarks"}, list(1000),                  kSame, O|S, AO, kOn, {.aliases = "备注"}),
    row(36, "joint_visit_id", {"同一次拜访", "Same visit as"}, ref("communication"), kSame, Y, SV, kOn),
};

inline constexpr std::array kWorkLogFields{
    row(16, "user_id",      {"人员", "Person"}, ref("user"),                        k0, kSelf, IM, kOn, {.required = true, .preset = kAuthor}),
    row(17, "log_date",     {"日期", "Date"}, date(),                               k0, kSelf, IM, kOn, {.required = true, .preset = "today"}),
    row(18, "state",        {"日志状态", "Log state"}, one_of(choices::kWorkLogState), k0, kBoth, SV, kOn, {.preset = "open", .aliases = "状态"}),
    row(19, "summary",      {"当日小结", "Summary"}, text(2000),                    kSame, kSelf, LW, kOn),
    row(20, "plan_next",    {"次日计划", "Plan for the next day"}, text(2000),      kSame, kSelf, LW, kOn),
    row(21, "submitted_at", {"提交时间", "Submitted at"}, time(Check::NotFuture),   k0, kSelf, IM, kOn),
    row(22, "reviewer_id",  {"审阅人", "Reviewer"}, ref("user"),                    kSame, kSuperior, SV, kOn, {.group = "review"}),
    row(23, "reviewed_at",  {"审阅时间", "Reviewed at"}, time(),                    kSame, kSuperior, SV, kOn, {.group = "review"}),
    row(24, "comment",      {"审阅意见", "Comment"}, text(1000),                    kSame, kSuperior, SV, kOn, {.group = "review"}),
    row(25, "remark",       {"备注(更正)", "Remarks"}, list(1000),                  kSame, kBoth, AO, kOn, {.aliases = "备注"}),
};

inline constexpr std::array kWorkLogLineFields{
    row(16, "work_log_id", {"工作日志", "Work log"}, ref("work_log"),               k0, kSelf, IM, kOn, {.required = true}),
    row(17, "kind",        {"事项类型", "Kind of work"}, one_of(choices::kWorkKind), k0, kSelf, IM, kOn, {.required = true}),
    row(18, "customer_id", {"客户", "Customer"}, ref("customer"),                   kSame, kSelf, IM, kOn),
    row(19, "ref_id",      {"关联", "Related record"}, kId,                         kSame, kSelf, IM, kOn),
    row(20, "minutes",     {"时长", "Minutes"}, whole(0, 1440),                     kSame, kSelf, IM, kOn),
    row(21, "text",        {"内容", "Text"}, text(1000),                            kSame, kSelf, IM, kOn, {.required = true}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kCommunication{
    .tag = 32,
    .name = "communication",
    .label = {"沟通记录", "Communication"},
    .fields = table::kCommunicationFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "purpose",
    .list_columns = "started_at|customer_id|kind|purpose|content|next_on",
    .list_order = "started_at",
    .made_by = MadeBy::Record,
    .only_adds = true,
    .taken_back = true,
    .locked_by = "locked_at",
    .excerpt = "content"};
inline constexpr Kind kWorkLog{.tag = 33,
                               .name = "work_log",
                               .label = {"工作日志", "Work log"},
                               .fields = table::kWorkLogFields,
                               .level = Level::L0,
                               .belongs = Belongs::Person,
                               .parent = "user_id",
                               .title = "log_date",
                               .unique_together = "user_id|log_date",
                               .list_columns = "log_date|user_id|summary",
                               .list_order = "log_date",
                               .made_by = MadeBy::Record,
                               .only_adds = true,
                               .locked_by = "reviewed_at"};
inline constexpr Kind kWorkLogLine{.tag = 34,
                                   .name = "work_log_line",
                                   .label = {"工作日志事项", "Work log line"},
                                   .fields = table::kWorkLogLineFields,
                                   .level = Level::L0,
                                   .belongs = Belongs::Person,
                                   .parent = "work_log_id",
                                   .title = "text",
                                   .made_by = MadeBy::Record,
                                   .only_adds = true};

}  // namespace dossier::catalog
