// Secrecy marks (密级标识): the level of a file, or of a single record in it, with its term, its
// reason and, at level 3, the people who may know. Source: domain 2.5.1, WF-08, R-128, R-130 …
// R-133, D-41.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kMarkingState{
    Choice{"proposed", {"待批准", "proposed"}},
    Choice{"marked", {"有效", "in force"}},
    Choice{"expired", {"到期自动解密", "declassified at its term"}},
    Choice{"declassified", {"提前解密", "declassified early"}},
    Choice{"replaced", {"已被取代", "replaced"}},
    Choice{"rejected", {"未批准", "rejected"}},
    Choice{"lapsed", {"已失效", "lapsed"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}},
};

}  // namespace choices

namespace table {

/// Who may propose a mark (domain 3.3 "secrecy mark propose"). Who approves it a chain says.
inline constexpr Writers kMarkProposers = O | S | I | K | kRegional | M | D | C | kSupervisor | G;
inline constexpr Writers EM = kMarkProposers;  // NOLINT(readability-identifier-naming)

// What is proposed is written once; the office keeps what becomes of it. A field alone is not
// marked (D-41): its level is the catalog's.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kMarkingFields{
    row(16, "customer_id",   {"客户", "Customer"}, ref("customer"),                   k0, EM, IM, kOn, {.required = true}),
    row(17, "record_id",     {"单条记录", "Single record"}, ref("attachment|communication|demand_plan|procurement_profile|customer_feature|file_evaluation"), k0, EM, IM, kOn, {.aliases = "对象"}),
    row(18, "level",         {"拟定密级", "Level"}, named(0, 3, choices::kLevel),      k0, EM, IM, kOn, {.required = true}),
    row(19, "secret_reason", {"秘密事项", "What is secret"}, set_of(choices::kSecretReason), k2, EM, IM, kOff),
    row(20, "basis",         {"定密依据", "Basis"}, text(500),                         k2, EM, IM, kOff, {.required = true, .aliases = "理由"}),
    row(21, "marked_on",     {"定密日", "Marked on"}, date(),                          k0, Y, SV, kOn, {.preset = "today"}),
    row(22, "expires_on",    {"保密期限", "Secret until"}, date(),                     k0, EM, IM, kOn, {.preset = "++secrecy.term_years/level", .aliases = "期限"}),
    row(23, "circle",        {"知悉范围", "Who may know"}, refs("user"),               k2, EM, IM, kOff),
    row(24, "state",         {"状态", "State"}, one_of(choices::kMarkingState),        k0, W, SV, kOn, {.preset = "proposed"}),
    row(25, "approved_by",   {"批准人", "Approved by"}, ref("user"),                   k0, W, SV, kOff),
    row(26, "effective_at",  {"生效时间", "In effect since"}, time(),                  k0, W, SV, kOn),
    row(27, "ended_by",      {"解密人", "Ended by"}, ref("user"),                      k0, W, SV, kOff),
    row(28, "ended_at",      {"解密时间", "Ended at"}, time(),                         k0, W, SV, kOn),
    row(29, "remark",        {"办理说明", "Why so decided"}, text(500),                k2, W, SV, kOff),
    row(30, "left_on",       {"离线残留终端", "Laptops that still held it"}, refs("device"), k2, Y, SV, kOff),
};
// clang-format on

}  // namespace table

inline constexpr Kind kSecrecyMarking{
    .tag = 57,
    .name = "secrecy_marking",
    .label = {"密级标识", "Secrecy marking"},
    .fields = table::kMarkingFields,
    .level = Level::L0,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "level",
    .list_columns = "marked_on|customer_id|record_id|level|expires_on|state",
    .list_order = "marked_on",
    .made_by = MadeBy::Letters,
    .form = "customer_id|record_id|level|expires_on|basis|secret_reason|circle"};

}  // namespace dossier::catalog
