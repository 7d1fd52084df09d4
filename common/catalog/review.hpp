// Kinds that carry review work to laptops and back: case (冲突) and proposal (待核). The office
// writes them; nobody edits their fields. Source: domain 2.5.3 conflict and change_proposal.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kCaseState{
    Choice{"open", {"待处理", "open"}},
    Choice{"auto", {"自动处理", "settled automatically"}},
    Choice{"ruled", {"已裁决", "ruled"}},
};
inline constexpr std::array kProposalState{
    Choice{"open", {"待核", "waiting"}},          Choice{"accepted", {"已采纳", "accepted"}},
    Choice{"refused", {"已拒绝", "refused"}},     Choice{"superseded", {"已被取代", "superseded"}},
    Choice{"in_case", {"已转冲突", "in a case"}}, Choice{"withdrawn", {"已撤回", "withdrawn"}},
};

}  // namespace choices

namespace table {

/// Values of one group as JSON by field name, and lists of them.
inline constexpr Shape kValues = json(20'000, Check::None);
inline constexpr Shape kCandidates = json(400'000, Check::None);
inline constexpr Shape kNumber = whole(1, INT64_MAX);

// clang-format off: one row is one field, as in the domain's own tables.
inline constexpr std::array kCaseFields{
    row(16, "number", {"编号", "Number"}, kNumber, k0, Y, SV, kOn, {.unique = true}),
    row(17, "class", {"冲突类", "Class"}, text(8), k0, Y, SV, kOn),
    row(18, "entity", {"对象类型", "Kind"}, text(40), k0, Y, SV, kOn, {.says = Says::Kind}),
    row(19, "record_id", {"对象", "Record"}, ref(""), k0, Y, SV, kOn),
    row(20, "customer_id", {"客户", "Customer"}, ref("customer"), k0, Y, SV, kOn),
    row(21, "field", {"字段", "Field"}, text(60), k0, Y, SV, kOn),
    row(22, "base_value", {"基准值", "Base"}, kValues, k0, Y, SV, kOn),
    row(23, "current_value", {"中央值", "Current"}, kValues, k0, Y, SV, kOn),
    row(24, "candidates", {"候选值", "Candidates"}, kCandidates, k0, Y, SV, kOn),
    row(25, "state", {"状态", "State"}, one_of(choices::kCaseState), k0, Y, SV, kOn),
    row(26, "opened_at", {"产生时间", "Opened at"}, time(), k0, Y, SV, kOn),
    row(27, "due_on", {"处理期限", "Due on"}, date(), k0, Y, SV, kOn),
    row(28, "people", {"相关人员", "People"}, refs("user"), k0, Y, SV, kOn),
    row(29, "resolution", {"处理", "Resolution"}, text(20), k0, W, SV, kOn),
    row(30, "resolved_value", {"裁决值", "Resolved value"}, kValues, k0, W, SV, kOn),
    row(31, "resolved_by", {"处理人", "Resolved by"}, ref("user"), k0, W, SV, kOn),
    row(32, "resolved_at", {"处理时间", "Resolved at"}, time(), k0, W, SV, kOn),
    row(33, "reason", {"理由", "Reason"}, text(500), k0, W, SV, kOn),
};

inline constexpr std::array kProposalFields{
    row(16, "number", {"编号", "Number"}, kNumber, k0, Y, SV, kOn, {.unique = true}),
    row(17, "entity", {"对象类型", "Kind"}, text(40), k0, Y, SV, kOn, {.says = Says::Kind}),
    row(18, "record_id", {"对象", "Record"}, ref(""), k0, Y, SV, kOn),
    row(19, "customer_id", {"客户", "Customer"}, ref("customer"), k0, Y, SV, kOn),
    row(20, "field", {"字段", "Field"}, text(60), k0, Y, SV, kOn),
    row(21, "old_value", {"旧值", "Old value"}, kValues, k0, Y, SV, kOn),
    row(22, "new_value", {"新值", "New value"}, kValues, k0, Y, SV, kOn),
    row(23, "proposed_by", {"提议人", "Proposed by"}, ref("user"), k0, Y, SV, kOn),
    row(24, "proposed_at", {"提议时间", "Proposed at"}, time(), k0, Y, SV, kOn),
    row(25, "proposed_device", {"提议终端", "Device"}, ref("device"), k0, Y, SV, kOn),
    row(26, "late", {"迟到", "Late"}, kYesNo, k0, Y, SV, kOn),
    row(27, "state", {"状态", "State"}, one_of(choices::kProposalState), k0, W, SV, kOn),
    row(28, "verified_by", {"核实人", "Verified by"}, ref("user"), k0, W, SV, kOn),
    row(29, "verified_at", {"核实时间", "Verified at"}, time(), k0, W, SV, kOn),
    row(30, "reason", {"理由", "Reason"}, text(500), k0, W, SV, kOn),
    row(31, "evidence_id", {"凭证", "Evidence"}, ref("communication"), k0, Y, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kCase{.tag = 48,
                            .name = "case",
                            .label = {"冲突", "Case"},
                            .fields = table::kCaseFields,
                            .level = Level::L0,
                            .belongs = Belongs::Administration,
                            .title = "number",
                            .made_by = MadeBy::Office,
                            .concerns = "people"};
inline constexpr Kind kProposal{.tag = 49,
                                .name = "proposal",
                                .label = {"变更提议", "Proposal"},
                                .fields = table::kProposalFields,
                                .level = Level::L0,
                                .belongs = Belongs::Administration,
                                .title = "number",
                                .made_by = MadeBy::Office,
                                .concerns = "proposed_by"};

}  // namespace dossier::catalog
