// A file that is to be looked at again: review_task (核定任务), opened by the office for each
// quarter, worked through by whoever owns the file, taken over by the keepers. Source:
// domain 2.5.3, WF-02, R-090, R-091.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kReviewKind{
    Choice{"quarterly", {"季度核定", "quarterly"}},
    Choice{"key_quarterly", {"重点客户季度核定", "quarterly of a key customer"}},
    Choice{"half_yearly", {"半年核定", "half-yearly"}},
};
inline constexpr std::array kReviewState{
    Choice{"open", {"待核定", "to do"}},
    Choice{"overdue", {"已逾期", "overdue"}},
    Choice{"done_nochange", {"核定无变化", "confirmed without change"}},
    Choice{"done_changed", {"核定有变化", "confirmed with changes"}},
    Choice{"accepted", {"已验收", "taken over"}},
};

}  // namespace choices

namespace table {

// The office opens it; the rest is said by its steps.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kReviewTaskFields{
    row(16, "customer_id",         {"客户", "Customer"}, ref("customer"),             k0, Y, SV, kOn, {.required = true}),
    row(17, "kind",                {"核定类型", "Kind"}, one_of(choices::kReviewKind), k0, Y, SV, kOn, {.required = true, .aliases = "类型"}),
    row(18, "period",              {"期间", "Quarter"}, text(6, Check::ValidPeriod),  k0, Y, SV, kOn, {.required = true}),
    row(19, "assignee_id",         {"责任人", "Assignee"}, ref("user"),               k0, Y, SV, kOn, {.required = true}),
    row(20, "due_on",              {"期限", "Due on"}, date(),                        k0, Y, SV, kOn, {.required = true}),
    row(21, "state",               {"状态", "State"}, one_of(choices::kReviewState),  k0, W, SV, kOn, {.preset = "open"}),
    row(22, "fields_confirmed",    {"已核字段", "Confirmed"}, list(60),               k0, W, SV, kOn),
    row(23, "contact_evidence_id", {"联系凭证", "Evidence of contact"}, ref("communication"), k0, W, SV, kOn),
    row(24, "done_at",             {"核定时间", "Confirmed at"}, time(),              k0, W, SV, kOn),
    row(25, "done_by",             {"核定人", "Confirmed by"}, ref("user"),           k0, W, SV, kOn),
    row(26, "accepted_by",         {"验收人", "Taken over by"}, ref("user"),          k0, W, SV, kOn),
    row(27, "accepted_at",         {"验收时间", "Taken over at"}, time(),             k0, W, SV, kOn),
    row(28, "remark",              {"退回理由", "Why returned"}, text(500),           k0, W, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kReviewTask{
    .tag = 63,
    .name = "review_task",
    .label = {"核定任务", "Review task"},
    .fields = table::kReviewTaskFields,
    .level = Level::L0,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "period",
    .list_columns = "due_on|customer_id|kind|period|assignee_id|state",
    .list_order = "due_on",
    .list_filters = "state|assignee_id|period|kind",
    .made_by = MadeBy::Office,
    .asks = "assignee_id"};

}  // namespace dossier::catalog
