// What of a customer's file was given to somebody outside (对外提供): to whom, what for, on whose
// word, which fields, and the values as the office had them. Source: domain 2.5.4 disclosure,
// D-24, AS-37.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kDisclosureState{
    Choice{"prepared", {"待批准", "prepared"}},   Choice{"approved", {"已批准", "approved"}},
    Choice{"given", {"已提供", "given"}},         Choice{"rejected", {"未批准", "rejected"}},
    Choice{"withdrawn", {"已撤回", "withdrawn"}},
};

}  // namespace choices

namespace table {

/// Who prepares it: the service department.
inline constexpr Writers kPreparers = S | kSupervisor | C;
inline constexpr Writers BD = kPreparers;  // NOLINT(readability-identifier-naming)

// What is to be given is written once; the office keeps what was.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kDisclosureFields{
    row(16, "customer_id", {"客户", "Customer"}, ref("customer"),                    kSame, BD, IM, kOff, {.required = true}),
    row(17, "recipient",   {"接收方", "Recipient"}, text(120),                       kSame, BD, IM, kOff, {.required = true}),
    row(18, "use",         {"目的", "What for"}, text(300),                          kSame, BD, IM, kOff, {.required = true, .aliases = "用途"}),
    row(19, "consent_id",  {"客户授权", "Consent"}, ref("consent"),                  kSame, BD, IM, kOff),
    row(20, "legal_basis", {"法定依据", "Legal basis"}, text(300),                   kSame, BD, IM, kOff),
    row(21, "given_fields", {"提供的字段", "Fields"}, list(60),                      kSame, BD, IM, kOff, {.required = true, .aliases = "内容"}),
    row(22, "state",       {"状态", "State"}, one_of(choices::kDisclosureState),     kSame, W, SV, kOff, {.preset = "prepared"}),
    row(23, "approved_by", {"批准人", "Approved by"}, ref("user"),                   kSame, W, SV, kOff),
    row(24, "approved_at", {"批准时间", "Approved at"}, time(),                      kSame, W, SV, kOff),
    row(25, "given_values", {"提供的内容", "What was given"}, json(20'000, Check::None), kSame, Y, SV, kOff),
    row(26, "values_hash", {"内容摘要", "Hash of the values"}, text(64),             kSame, Y, SV, kOff),
    row(27, "given_by",    {"经办人", "Given by"}, ref("user"),                      kSame, W, SV, kOff),
    row(28, "given_at",    {"提供时间", "Given at"}, time(),                         kSame, W, SV, kOff),
    row(29, "remark",      {"办理说明", "Why so decided"}, text(500),                kSame, W, SV, kOff),
};
// clang-format on

}  // namespace table

inline constexpr Kind kDisclosure{
    .tag = 59,
    .name = "disclosure",
    .label = {"对外提供", "Disclosure"},
    .fields = table::kDisclosureFields,
    .level = Level::L2,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "recipient",
    .list_columns = "customer_id|recipient|use|given_at|state",
    .made_by = MadeBy::Letters,
    .form = "customer_id|recipient|use|given_fields|consent_id|legal_basis"};

}  // namespace dossier::catalog
