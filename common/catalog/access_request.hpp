// A request to read files outside one's own scope (查阅申请): what is wanted and what for, for how
// long, and what it may be used for. Approved, it becomes a grant; nothing is shown to anybody as a
// favour. Source: domain 2.5.2 mode view_data and statistics, WF-05, R-146, R-148 ….
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/choices_work.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kRequestFor{
    Choice{"reading", {"查阅档案", "reading a file"}},
    Choice{"extract", {"统计或整份资料", "statistics or extracts"}},
};
/// What a request may ask for: edits are given by who grants access, never asked for.
inline constexpr std::array kRequestOps{
    Choice{"view", {"查阅", "view"}}, Choice{"print", {"打印", "print"}},
    Choice{"export", {"导出", "export"}}, Choice{"offline", {"离线", "offline"}}};
inline constexpr std::array kRequestState{
    Choice{"requested", {"审批中", "waits for approval"}},
    Choice{"granted", {"已授权", "granted"}},
    Choice{"rejected", {"未批准", "rejected"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}},
};

}  // namespace choices

namespace table {

/// Everybody asks for himself (server/intake/asking.hpp); who signs such requests reads them all.
inline constexpr Writers kAskers = kSelf | D | C | G;
inline constexpr Writers JA = kAskers;  // NOLINT(readability-identifier-naming)

// What is asked is written once; the office keeps what becomes of it.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kAccessRequestFields{
    row(16, "requested_by", {"申请人", "Requested by"}, ref("user"),                 kSame, JA, IM, kOn, {.required = true, .preset = kAuthor}),
    row(17, "wanted",       {"申请类别", "Kind of request"}, one_of(choices::kRequestFor), kSame, JA, IM, kOn, {.required = true, .preset = "reading", .aliases = "类别"}),
    row(18, "customer_ids", {"客户", "Customers"}, refs("customer"),                 kSame, JA, IM, kOn, {.required = true}),
    row(19, "content",      {"查阅内容", "What is wanted"}, text(500),               kSame, JA, IM, kOn, {.required = true, .aliases = "内容"}),
    row(20, "use",          {"用途", "What for"}, text(300),                         kSame, JA, IM, kOn, {.required = true, .aliases = "目的"}),
    row(21, "max_level",    {"最高密级", "Highest level"}, named(0, 2, choices::kLevel), kSame, JA, IM, kOn, {.required = true, .preset = "1"}),
    row(22, "ops",          {"操作", "Operations"}, set_of(choices::kRequestOps),    kSame, JA, IM, kOn, {.required = true, .preset = "view"}),
    row(23, "days",         {"天数", "Days"}, whole(1, 366),                         kSame, JA, IM, kOn, {.required = true, .preset = "1", .aliases = "期限"}),
    row(24, "state",        {"状态", "State"}, one_of(choices::kRequestState),       kSame, W, SV, kOn, {.preset = "requested"}),
    row(25, "approved_by",  {"批准人", "Approved by"}, ref("user"),                  kSame, W, SV, kOn),
    row(26, "approved_at",  {"批准时间", "Approved at"}, time(),                     kSame, W, SV, kOn),
    row(27, "grant_id",     {"查阅授权", "Access grant"}, ref("access_grant"),       kSame, W, SV, kOn),
    row(28, "until_at",     {"授权至", "Access until"}, time(),                      kSame, W, SV, kOn),
    row(29, "remark",       {"审批意见", "Why so decided"}, text(500),               kSame, W, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kAccessRequest{
    .tag = 58,
    .name = "access_request",
    .label = {"查阅申请", "Access request"},
    .fields = table::kAccessRequestFields,
    .level = Level::L1,
    .belongs = Belongs::Person,
    .parent = "requested_by",
    .title = "content",
    .list_columns = "requested_by|customer_ids|content|days|until_at|state",
    .made_by = MadeBy::Letters,
    .form = "customer_ids|content|use|days|wanted|ops|max_level"};

}  // namespace dossier::catalog
