// What a customer agreed to: consent. Withdrawing it is a further word in the same record, and what
// was agreed stays readable. Source: domain 2.2.7, R-034, R-137, D-17.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kConsentCapacity{
    Choice{"self", {"本人", "the person"}},
    Choice{"legal_rep", {"合法代表", "legal representative"}},
    Choice{"legal_basis", {"法定依据", "legal basis"}},
};
inline constexpr std::array kConsentScope{
    Choice{"file", {"建档", "making the file"}},
    Choice{"personal", {"个人信息", "personal data"}},
    Choice{"disclosure", {"对外提供", "disclosure"}},
};
inline constexpr std::array kConsentMeans{
    Choice{"written", {"书面", "in writing"}},
    Choice{"electronic", {"电子", "electronically"}},
    Choice{"oral", {"口头", "by word of mouth"}},
    Choice{"customer_form", {"客户填表", "on the customer's form"}},
};

}  // namespace choices

namespace table {

// Rows that are append-only as a whole are Immutable, as in activity.hpp: written once. Evidence
// and withdrawal come later: appended, then fixed. `means` and `valid_until` are not in
// domain 2.2.7. One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kConsentFields{
    row(16, "customer_id",  {"客户", "Customer"}, ref("customer"),                 k0, O|S|I, IM, kOn, {.required = true}),
    row(17, "contact_id",   {"授权联系人", "Contact"}, ref("contact"),             kSame, O|S|I, IM, kOn),
    row(18, "given_by",     {"授权人", "Given by"}, text(60),                      kSame, O|S|I, IM, kOn, {.required = true}),
    row(19, "capacity",     {"授权人身份", "Capacity"}, one_of(choices::kConsentCapacity), kSame, O|S|I, IM, kOn, {.required = true, .aliases = "身份"}),
    row(20, "scope",        {"授权范围", "Scope"}, set_of(choices::kConsentScope), kSame, O|S|I, IM, kOn, {.required = true, .aliases = "范围"}),
    row(21, "means",        {"授权方式", "How given"}, one_of(choices::kConsentMeans), kSame, O|S|I, IM, kOn),
    row(22, "given_on",     {"授权日期", "Given on"}, date(Check::NotFuture),      kSame, O|S|I, IM, kOn, {.required = true, .preset = "today", .aliases = "日期|签署日期"}),
    row(23, "valid_until",  {"有效期至", "Valid until"}, date(),                   kSame, O|S|I, IM, kOn),
    row(24, "evidence_id",  {"凭证", "Evidence"}, ref("attachment"),               kSame, O|S|I, AO, kOn),
    row(25, "withdrawn_on", {"撤回日期", "Withdrawn on"}, date(Check::NotFuture),  kSame, O|S|I, AO, kOn, {.aliases = "撤回"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kConsent{
    .tag = 25,
    .name = "consent",
    .label = {"客户授权", "Consent"},
    .fields = table::kConsentFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "given_by",
    .list_columns = "given_on|customer_id|given_by|capacity|scope|valid_until|withdrawn_on",
    .list_order = "given_on",
    .only_adds = true};

}  // namespace dossier::catalog
