// Customer files pass from one owner to another: handover (移交单). The transfer at once of a
// single file is a step of that file; this is the request others sign. Source: domain WF-13, R-022,
//
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kHandoverKind{
    Choice{"files", {"所列客户", "the files named"}},
    Choice{"all", {"名下全部客户", "all files of this owner"}},
    Choice{"leaver", {"离职移交", "all files of somebody who leaves"}, "离职"},
};
inline constexpr std::array kHandoverState{
    Choice{"requested", {"审批中", "waits for approval"}},
    Choice{"approved", {"已批准", "approved"}},
    Choice{"handed_over", {"已交出", "handed over"}},
    Choice{"taken_over", {"已接收", "taken over"}},
    Choice{"effective", {"已生效", "in effect"}},
    Choice{"rejected", {"未批准", "rejected"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}},
};

}  // namespace choices

namespace table {

/// Who asks for a handover: the owner himself, who stands above him, and who runs regions, the
/// market, the archive or the accounts.
inline constexpr Writers kHandoverAskers = kSelf | kSuperior | kRegional | M | D | C | G | A;
inline constexpr Writers Q = kHandoverAskers;  // NOLINT(readability-identifier-naming)

// What is asked is written once; the office keeps what becomes of it.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kHandoverFields{
    row(16, "kind",          {"移交范围", "What is handed over"}, one_of(choices::kHandoverKind), kSame, Q, IM, kOn, {.required = true, .preset = "files", .aliases = "类别"}),
    row(17, "from_user_id",  {"原负责人", "Present owner"}, ref("user"),             kSame, Q, IM, kOn, {.required = true, .aliases = "移交人"}),
    row(18, "to_user_id",    {"接收人", "New owner"}, ref("user"),                   kSame, Q, IM, kOn, {.required = true}),
    row(19, "customer_ids",  {"客户", "Customers"}, refs("customer"),                kSame, Q, IM, kOn),
    row(20, "effective_on",  {"生效日期", "Takes effect on"}, date(),                kSame, Q, IM, kOn, {.required = true, .preset = "today", .aliases = "日期"}),
    row(21, "grounds",       {"事由", "Grounds"}, text(500),                          kSame, Q, IM, kOn, {.required = true, .aliases = "理由"}),
    row(22, "state",         {"状态", "State"}, one_of(choices::kHandoverState),     kSame, W, SV, kOn, {.preset = "requested"}),
    row(23, "approved_by",   {"批准人", "Approved by"}, ref("user"),                 kSame, W, SV, kOn),
    row(24, "approved_at",   {"批准时间", "Approved at"}, time(),                    kSame, W, SV, kOn),
    row(25, "open_items",    {"未了事项", "What is still open"}, text(500),          kSame, W, SV, kOn, {.says = Says::Both}),
    row(26, "handed_at",     {"交出时间", "Handed over at"}, time(),                 kSame, W, SV, kOn),
    row(27, "taken_at",      {"接收时间", "Taken over at"}, time(),                  kSame, W, SV, kOn),
    row(28, "forced_by",     {"强制移交人", "Forced by"}, ref("user"),               kSame, W, SV, kOn),
    row(29, "effective_at",  {"生效时间", "In effect since"}, time(),                kSame, W, SV, kOn),
    row(30, "moved",         {"移交客户数", "Files that moved"}, whole(0, INT64_MAX), kSame, W, SV, kOn),
    row(31, "remark",        {"办理说明", "Why so decided"}, text(500),              kSame, W, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kHandover{
    .tag = 56,
    .name = "handover",
    .label = {"移交单", "Handover"},
    .fields = table::kHandoverFields,
    .level = Level::L1,
    .belongs = Belongs::Person,
    .parent = "from_user_id",
    .title = "grounds",
    .list_columns = "effective_on|from_user_id|to_user_id|kind|moved|state",
    .list_order = "effective_on",
    .made_by = MadeBy::Letters,
    .form = "from_user_id|to_user_id|kind|customer_ids|effective_on|grounds",
    .asks = "to_user_id"};

}  // namespace dossier::catalog
