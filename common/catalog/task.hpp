// What people must do, sign and know: task (待办), approval (审批), notification (通知). The office
// writes them by steps of its workflows, a superior gives ad-hoc tasks; a task and a
// notification lie on their person's laptop as a work log does. Source: domain 2.5.3.
#pragma once

#include "common/catalog/choices_work.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

/// `step` is not in domain 2.5.3: a step of a workflow that waits for this person.
inline constexpr std::array kTaskKind{
    Choice{"step", {"流程办理", "step of a workflow"}},
    Choice{"adhoc", {"临时", "ad hoc"}},
    Choice{"relabel", {"换标牌", "relabel"}},
    Choice{"repair", {"修复", "repair"}},
    Choice{"intake", {"收件", "intake"}},
    Choice{"duplicate_check", {"查重", "duplicate check"}},
    Choice{"follow_up", {"跟进", "follow up"}},
    Choice{"training", {"培训", "training"}},
    Choice{"other", {"其他", "other"}},
};
inline constexpr std::array kTaskState{
    Choice{"open", {"待办", "to do"}},
    Choice{"done", {"已办", "done"}},
    Choice{"cancelled", {"已取消", "cancelled"}},
};
inline constexpr std::array kApprovalKind{
    Choice{"file_admit", {"建档", "file admission"}},
    Choice{"read_access", {"查阅", "read access"}},
    Choice{"loan", {"借阅", "loan"}},
    Choice{"copy", {"影印", "copy"}},
    Choice{"export", {"导出", "export"}},
    Choice{"secrecy", {"定密", "secrecy marking"}},
    Choice{"declassify_early", {"提前解密", "early declassification"}},
    Choice{"new_customer", {"新客户认定", "new customer"}},
    Choice{"non_cash_terms", {"非现款条件", "non-cash terms"}},
    Choice{"credit", {"信用", "credit"}},
    Choice{"destroy", {"销毁", "destruction"}},
    Choice{"transfer", {"移交", "transfer"}},
    Choice{"working_file_change", {"工作档案更改", "change of a working file"}},
    Choice{"field_delete", {"删除字段", "deletion of a field"}},
    Choice{"plan_review", {"方案审核", "plan review"}},
    Choice{"grade_override", {"人工定级", "grade by hand"}},
    Choice{"archive", {"归档", "archive"}},
    Choice{"disclosure", {"对外提供", "disclosure"}},
    Choice{"merge", {"合并", "merge"}},
    Choice{"extension", {"续借", "extension"}},
    Choice{"log_output", {"日志输出", "output of a log"}},
};
inline constexpr std::array kApprovalState{
    Choice{"open", {"审批中", "open"}},           Choice{"approved", {"已同意", "approved"}},
    Choice{"rejected", {"已拒绝", "rejected"}},   Choice{"returned", {"已退回", "returned"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}}, Choice{"expired", {"已过期", "expired"}},
    Choice{"contested", {"有争议", "contested"}},
};
inline constexpr std::array kNotificationKind{
    Choice{"due_soon", {"即将到期", "due soon"}},
    Choice{"overdue", {"已逾期", "overdue"}},
    Choice{"step", {"流程进展", "step of a workflow"}},
    Choice{"sent", {"报送", "sent to you"}},
};

}  // namespace choices

namespace table {

/// Who gives somebody an ad-hoc task stands above him; the office makes all others.
inline constexpr Writers kGivers = kSuperior | kSystem;

// clang-format off: one row is one field, as in the domain's own tables.
inline constexpr std::array kTaskFields{
    row(16,
        "kind",
        {"类别", "Kind"},
        one_of(choices::kTaskKind),
        k0,
        Y,
        SV,
        kOn,
        {.required = true, .preset = "adhoc"}),
    row(17, "entity", {"对象类型", "Kind of subject"}, text(40), k0, Y, SV, kOn),
    row(18, "subject_id", {"对象", "Subject"}, ref(""), k0, Y, SV, kOn),
    row(19, "workflow", {"流程", "Workflow"}, text(40), k0, Y, SV, kOn),
    row(20, "step", {"步骤", "Step"}, text(40), k0, Y, SV, kOn),
    row(21, "text", {"说明", "Text"}, text(500), k0, kGivers, SV, kOn, {.required = true}),
    row(22,
        "assignee_id",
        {"负责人", "Assignee"},
        ref("user"),
        k0,
        kGivers,
        SV,
        kOn,
        {.required = true}),
    row(23, "due_on", {"期限", "Due on"}, date(), k0, kGivers, SV, kOn),
    row(24,
        "state",
        {"状态", "State"},
        one_of(choices::kTaskState),
        k0,
        W,
        SV,
        kOn,
        {.required = true, .preset = "open"}),
    row(25, "closed_by", {"办结人", "Closed by"}, ref("user"), k0, W, SV, kOn),
    row(26, "closed_at", {"办结时间", "Closed at"}, time(), k0, W, SV, kOn),
    row(27, "customer_id", {"客户", "Customer"}, ref("customer"), k0, kGivers, SV, kOn),
};

// The roles that sign, in order; each signs once, and nobody signs twice.
inline constexpr std::array kApprovalFields{
    row(16,
        "kind",
        {"类别", "Kind"},
        one_of(choices::kApprovalKind),
        k1,
        W,
        SV,
        kOn,
        {.required = true}),
    row(17, "entity", {"对象类型", "Kind of subject"}, text(40), k1, W, SV, kOn),
    row(18, "subject_id", {"对象", "Subject"}, ref(""), k1, W, SV, kOn),
    row(19,
        "requested_by",
        {"申请人", "Requested by"},
        ref("user"),
        k1,
        W,
        SV,
        kOn,
        {.required = true}),
    row(20, "requested_at", {"申请时间", "Requested at"}, time(), k1, W, SV, kOn),
    row(21, "reason", {"理由", "Reason"}, text(500), k1, W, SV, kOn, {.required = true}),
    row(22,
        "chain",
        {"审批步骤", "Signatures needed"},
        list(40),
        k1,
        W,
        SV,
        kOn,
        {.required = true}),
    row(23, "next_role", {"当前审批角色", "Next to sign"}, one_of(choices::kRole), k1, W, SV, kOn),
    row(24, "signers", {"已签人", "Signed by"}, refs("user"), k1, W, SV, kOn),
    row(25, "decided_at", {"审批时间", "Decided at"}, time(), k1, W, SV, kOn),
    row(26, "comment", {"意见", "Comment"}, text(500), k1, W, SV, kOn),
    row(27,
        "state",
        {"状态", "State"},
        one_of(choices::kApprovalState),
        k1,
        W,
        SV,
        kOn,
        {.required = true, .preset = "open"}),
    row(28, "asked_ids", {"签批人", "Who signs"}, refs("user"), k1, W, SV, kOn),
};

inline constexpr std::array kNotificationFields{
    row(16, "to_user_id", {"收件人", "To"}, ref("user"), k0, Y, SV, kOn, {.required = true}),
    row(17,
        "kind",
        {"类别", "Kind"},
        one_of(choices::kNotificationKind),
        k0,
        Y,
        SV,
        kOn,
        {.required = true}),
    row(18, "entity", {"对象类型", "Kind of subject"}, text(40), k0, Y, SV, kOn),
    row(19, "subject_id", {"对象", "Subject"}, ref(""), k0, Y, SV, kOn),
    row(20, "text", {"内容", "Text"}, text(500), k0, Y, SV, kOn, {.required = true}),
    row(21, "sent_at", {"发出时间", "Sent at"}, time(), k0, Y, SV, kOn, {.required = true}),
    row(22, "read_at", {"已读时间", "Read at"}, time(), k0, W, SV, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kTask{.tag = 52,
                            .name = "task",
                            .label = {"待办", "Task"},
                            .fields = table::kTaskFields,
                            .level = Level::L0,
                            .belongs = Belongs::Person,
                            .parent = "assignee_id",
                            .title = "text",
                            .list_columns = "due_on|text|assignee_id|state",
                            .list_order = "due_on",
                            .made_by = MadeBy::Letters};
inline constexpr Kind kApproval{.tag = 53,
                                .name = "approval",
                                .label = {"审批单", "Approval"},
                                .fields = table::kApprovalFields,
                                .level = Level::L1,
                                .belongs = Belongs::Person,
                                .parent = "requested_by",
                                .title = "reason",
                                .list_columns = "requested_at|kind|reason|requested_by|state",
                                .list_order = "requested_at",
                                .made_by = MadeBy::Office,
                                .asks = "asked_ids"};
inline constexpr Kind kNotification{.tag = 54,
                                    .name = "notification",
                                    .label = {"通知", "Notification"},
                                    .fields = table::kNotificationFields,
                                    .level = Level::L0,
                                    .belongs = Belongs::Person,
                                    .parent = "to_user_id",
                                    .title = "text",
                                    .list_columns = "sent_at|kind|text|read_at",
                                    .list_order = "sent_at",
                                    .made_by = MadeBy::Office};

}  // namespace dossier::catalog
