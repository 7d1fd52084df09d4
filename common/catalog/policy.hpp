// The rules the company gives itself (制度), who has read them, and who was trained:
// policy_document, policy_acknowledgement, training_record. Source: domain 2.5.6, D-43, R-139,
// … … R-290.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kPolicyKind{
    Choice{"information_base", {"客户信息库管理", "customer information base"}},
    Choice{"archive", {"档案管理", "keeping of files"}},
    Choice{"secrecy", {"保密", "secrecy"}},
    Choice{"security", {"信息安全", "information security"}},
    Choice{"complaint", {"投诉处理", "complaints"}},
    Choice{"credit", {"信用管理", "credit"}},
    Choice{"other", {"其他", "other"}},
};
inline constexpr std::array kPolicyState{
    Choice{"drafted", {"待批准", "waits for approval"}},
    Choice{"approved", {"已批准", "approved"}},
    Choice{"in_effect", {"施行", "in effect"}},
    Choice{"replaced", {"已被取代", "replaced"}},
    Choice{"rejected", {"未批准", "rejected"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}},
};
inline constexpr std::array kAcknowledged{
    Choice{"read", {"已签收", "read"}},
};
inline constexpr std::array kTrainingTopic{
    Choice{"archive", {"档案管理", "keeping files"}},
    Choice{"secrecy", {"保密", "secrecy"}},
    Choice{"system", {"系统使用", "the system"}},
    Choice{"tools", {"工具", "tools"}},
    Choice{"collecting", {"资料收集", "ways of collecting"}},
};

}  // namespace choices

namespace table {

/// Who writes policies: planning, the service department, the archive and the general manager,
/// each those of the own department (D-43).
inline constexpr Writers kPolicyAuthors = kPlanning | C | kSupervisor | K | G;
inline constexpr Writers FP = kPolicyAuthors;  // NOLINT(readability-identifier-naming)
/// Who writes down a training: the service manager and the keepers.
inline constexpr Writers kTrainers = C | K;
inline constexpr Writers TR = kTrainers;  // NOLINT(readability-identifier-naming)

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kPolicyFields{
    row(16, "code",        {"制度编号", "Code"}, text(20),                          k0, FP, IM, kOn, {.required = true, .aliases = "代码"}),
    row(17, "title",       {"制度名称", "Title"}, text(120),                        k0, FP, IM, kOn, {.required = true, .aliases = "名称"}),
    row(18, "kind",        {"类别", "Kind"}, one_of(choices::kPolicyKind),          k0, FP, IM, kOn, {.required = true}),
    row(19, "version",     {"版本", "Version"}, text(20),                           k0, FP, IM, kOn, {.required = true}),
    row(20, "department_id", {"归口部门", "Owning department"}, ref("department"),  k0, FP, IM, kOn, {.required = true, .preset = kAuthorDepartment}),
    row(21, "content",     {"正文", "Text"}, text(20'000),                          k0, FP, IM, kOn, {.required = true}),
    row(22, "effective_on", {"施行日期", "Takes effect on"}, date(),                k0, FP, IM, kOn, {.required = true, .preset = "today"}),
    row(23, "state",       {"状态", "State"}, one_of(choices::kPolicyState),        k0, W, SV, kOn, {.preset = "drafted"}),
    row(24, "approved_by", {"批准人", "Approved by"}, ref("user"),                  k0, W, SV, kOn),
    row(25, "approved_at", {"批准时间", "Approved at"}, time(),                     k0, W, SV, kOn),
    row(26, "effective_at", {"开始施行", "In effect since"}, time(),                k0, W, SV, kOn),
    row(27, "ended_at",    {"停止施行", "In effect until"}, time(),                 k0, W, SV, kOn),
    row(28, "remark",      {"办理说明", "Why so decided"}, text(500),               k0, W, SV, kOn),
};

inline constexpr std::array kAcknowledgementFields{
    row(16, "user_id",     {"签收人", "Reader"}, ref("user"),                       k0, kSelf, IM, kOn, {.required = true, .preset = kAuthor}),
    row(17, "policy_id",   {"制度", "Policy"}, ref("policy_document"),              k0, kSelf, IM, kOn, {.required = true}),
    row(18, "read_on",     {"签收日期", "Read on"}, date(),                         k0, kSelf, IM, kOn, {.required = true, .preset = "today"}),
    row(19, "version",     {"版本", "Version"}, text(20),                           k0, Y, SV, kOn),
    row(20, "state",       {"状态", "State"}, one_of(choices::kAcknowledged),       k0, Y, SV, kOn, {.preset = "read"}),
};

inline constexpr std::array kTrainingFields{
    row(16, "attendee_id", {"参加人", "Attendee"}, ref("user"),                     k0, TR, IM, kOn, {.required = true}),
    row(17, "topic",       {"培训主题", "Topic"}, one_of(choices::kTrainingTopic),  k0, TR, IM, kOn, {.required = true, .aliases = "主题|类别"}),
    row(18, "subject",     {"培训内容", "What was taught"}, text(200),              k0, TR, IM, kOn, {.required = true, .aliases = "内容"}),
    row(19, "held_on",     {"培训日期", "Held on"}, date(Check::NotFuture),         k0, TR, IM, kOn, {.required = true, .preset = "today", .aliases = "日期"}),
    row(20, "trainer_id",  {"讲师", "Trainer"}, ref("user"),                        k0, TR, IM, kOn, {.preset = kAuthor}),
    row(21, "score",       {"成绩", "Score"}, whole(0, 100),                        k0, TR, IM, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kPolicy{.tag = 9,
                              .name = "policy_document",
                              .label = {"制度", "Policy"},
                              .fields = table::kPolicyFields,
                              .level = Level::L0,
                              .belongs = Belongs::Organisation,
                              .title = "title",
                              .list_columns = "code|title|version|department_id|effective_on|state",
                              .list_order = "code",
                              .made_by = MadeBy::Letters};
inline constexpr Kind kAcknowledgement{.tag = 61,
                                       .name = "policy_acknowledgement",
                                       .label = {"制度签收", "Policy acknowledgement"},
                                       .fields = table::kAcknowledgementFields,
                                       .level = Level::L0,
                                       .belongs = Belongs::Person,
                                       .parent = "user_id",
                                       .title = "version",
                                       .unique_together = "user_id|policy_id",
                                       .list_columns = "read_on|user_id|policy_id|version",
                                       .list_order = "read_on",
                                       .made_by = MadeBy::Letters};
inline constexpr Kind kTraining{
    .tag = 62,
    .name = "training_record",
    .label = {"培训记录", "Training record"},
    .fields = table::kTrainingFields,
    .level = Level::L0,
    .belongs = Belongs::Person,
    .parent = "attendee_id",
    .title = "subject",
    .list_columns = "held_on|attendee_id|topic|subject|trainer_id|score",
    .list_order = "held_on",
    .made_by = MadeBy::Letters};

}  // namespace dossier::catalog
