// A file lacks papers, and somebody is asked for them: doc_request. Source: domain 2.5.3, R-103,
//
#pragma once

#include "common/catalog/document.hpp"

namespace dossier::catalog {
namespace choices {

/// `withdrawn` is not in domain 2.5.3: nobody is chased for what is not wanted any more.
inline constexpr std::array kDocRequestState{
    Choice{"open", {"催办中", "open"}},
    Choice{"fulfilled", {"已补齐", "fulfilled"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}},
};

}  // namespace choices

namespace table {

// Who is asked for what is written once; the office keeps what becomes of it. The reminders are the
// notifications of its task.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kDocRequestFields{
    row(16, "customer_id",   {"客户", "Customer"}, ref("customer"),                 kSame, K|I, IM, kOn, {.required = true}),
    row(17, "missing_kinds", {"缺少文件", "Missing documents"}, set_of(choices::kDocKind), kSame, K|I, IM, kOn, {.required = true, .aliases = "缺少"}),
    row(18, "asked_user_id", {"被催人", "Asked person"}, ref("user"),               kSame, K|I, IM, kOn, {.required = true, .instead = "asked_department_id"}),
    row(19, "asked_department_id", {"被催部门", "Asked department"}, ref("department"), kSame, K|I, IM, kOn),
    row(20, "asked_at",      {"催办时间", "Asked at"}, time(),                      kSame, Y, SV, kOn, {.preset = "now"}),
    row(21, "due_on",        {"期限", "Due on"}, date(),                            kSame, K|I, IM, kOn, {.preset = "+doc_request.days"}),
    row(22, "note",          {"说明", "Note"}, text(500),                           kSame, K|I, IM, kOn, {.aliases = "备注"}),
    row(23, "state",         {"状态", "State"}, one_of(choices::kDocRequestState),  kSame, W, SV, kOn, {.preset = "open"}),
    row(24, "fulfilled_at",  {"补齐时间", "Fulfilled at"}, time(),                  kSame, W, SV, kOn),
    row(25, "closed_by",     {"办结人", "Closed by"}, ref("user"),                  kSame, W, SV, kOn),
    row(26, "reason",        {"撤回理由", "Why withdrawn"}, text(500),              kSame, W, SV, kOn),
    row(27, "papers_since",  {"自何时起的文件算补齐", "Documents since"}, time(),   kSame, Y, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kDocRequest{
    .tag = 55,
    .name = "doc_request",
    .label = {"催办单", "Document request"},
    .fields = table::kDocRequestFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "missing_kinds",
    .list_columns = "due_on|customer_id|missing_kinds|asked_user_id|asked_department_id|state",
    .list_order = "due_on",
    .made_by = MadeBy::Letters,
    .asks = "asked_user_id"};

}  // namespace dossier::catalog
