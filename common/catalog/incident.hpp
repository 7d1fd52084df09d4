// A breach, a loss or a leak (违规、遗失、泄密): reported by anybody, looked into, and decided,
// with the liability of the direct superior judged. Source: domain 2.5.4 incident, WF-15, R-136,
//
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kIncidentKind{
    Choice{"leak", {"泄密", "leak"}},
    Choice{"loss", {"遗失", "loss"}},
    Choice{"device_loss", {"终端遗失", "lost laptop"}},
    Choice{"late_return", {"逾期归还", "late return"}},
    Choice{"tamper", {"篡改", "tampering"}},
    Choice{"misuse", {"滥用", "misuse"}},
    Choice{"appropriation", {"据为己有", "appropriation"}},
    Choice{"public_reading", {"公共场合阅读", "reading in public"}},
};
inline constexpr std::array kIncidentState{
    Choice{"reported", {"已报告", "reported"}},
    Choice{"assigned", {"调查中", "under investigation"}},
    Choice{"investigated", {"已查明", "investigated"}},
    Choice{"decided", {"已处理", "decided"}},
    Choice{"closed", {"已结案", "closed"}},
};
inline constexpr std::array kLiable{
    Choice{"yes", {"有", "liable"}},
    Choice{"no", {"无", "not liable"}},
};

}  // namespace choices

namespace table {

/// Who handles incidents, and reads all of them.
inline constexpr Writers kIncidentDesk = C | G;
inline constexpr Writers ZI = kSelf | kIncidentDesk;  // NOLINT(readability-identifier-naming)

// What is reported is written once; the office keeps what becomes of it.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kIncidentFields{
    row(16, "reported_by", {"报告人", "Reported by"}, ref("user"),                       kSame, ZI, IM, kOn, {.required = true, .preset = kAuthor}),
    row(17, "kind",        {"类型", "Kind"}, one_of(choices::kIncidentKind),             kSame, ZI, IM, kOn, {.required = true}),
    row(18, "occurred_at", {"发生时间", "Occurred at"}, time(Check::NotFuture),          kSame, ZI, IM, kOn, {.required = true, .preset = "now"}),
    row(19, "description", {"经过", "What happened"}, text(2000),                        kSame, ZI, IM, kOn, {.required = true}),
    row(20, "responsible_user_id", {"责任人", "Responsible"}, ref("user"),               kSame, ZI, IM, kOn),
    row(21, "superior_user_id", {"直接上级", "Direct superior"}, ref("user"),            k2, Y, SV, kOff),
    row(22, "device_id",   {"终端", "Laptop"}, ref("device"),                            kSame, ZI, IM, kOn),
    row(23, "customer_ids", {"涉及客户", "Customers concerned"}, refs("customer"),       kSame, ZI, IM, kOn),
    row(24, "investigator_id", {"调查人", "Investigator"}, ref("user"),                  k2, W, SV, kOff),
    row(25, "findings",    {"调查结果", "Findings"}, text(2000),                         k2, W, SV, kOff),
    row(26, "superior_liability", {"领导责任", "Superior's liability"}, one_of(choices::kLiable), k2, W, SV, kOff),
    row(27, "liability_reason", {"领导责任说明", "Why (not) liable"}, text(500),         k2, W, SV, kOff),
    row(28, "measures",    {"补救措施", "Measures"}, text(1000),                         k2, W, SV, kOff),
    row(29, "sanction",    {"处分", "Sanction"}, text(500),                              k2, W, SV, kOff),
    row(30, "state",       {"状态", "State"}, one_of(choices::kIncidentState),           kSame, W, SV, kOn, {.preset = "reported"}),
    row(31, "assigned_by", {"交办人", "Assigned by"}, ref("user"),                       k2, W, SV, kOff),
    row(32, "decided_by",  {"处理人", "Decided by"}, ref("user"),                        k2, W, SV, kOff),
    row(33, "decided_at",  {"处理时间", "Decided at"}, time(),                           kSame, W, SV, kOn),
    row(34, "closed_at",   {"结案时间", "Closed at"}, time(),                            kSame, W, SV, kOn),
    row(35, "held_there",  {"终端上的客户数", "Files the laptop held"}, whole(0, INT64_MAX), k2, Y, SV, kOff),
};
// clang-format on

}  // namespace table

// Its table is no "incident": laptops have one of that name, of what befell them (client/store).
inline constexpr Kind kIncident{
    .tag = 60,
    .name = "breach",
    .label = {"违规事件", "Breach"},
    .fields = table::kIncidentFields,
    .level = Level::L1,
    .belongs = Belongs::Person,
    .parent = "reported_by",
    .title = "description",
    .list_columns = "occurred_at|kind|reported_by|responsible_user_id|state",
    .list_order = "occurred_at",
    .made_by = MadeBy::Letters,
    .form = "kind|occurred_at|description|responsible_user_id|device_id|customer_ids",
    .asks = "investigator_id"};

}  // namespace dossier::catalog
