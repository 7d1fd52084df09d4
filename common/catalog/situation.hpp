// How a customer stands: business_status (业务状况) and trading_status (交易活动现状), once a
// quarter, and whom else he buys from, competitor_relation (竞争关系). Source: domain 2.2.6,
//
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kBusinessStatusFields{
    row(16, "customer_id",     {"客户", "Customer"}, ref("customer"),               k0, O, IM, kOn, {.required = true}),
    row(17, "period",          {"期间", "Quarter"}, text(6, Check::ValidPeriod),    k0, O, IM, kOn, {.required = true}),
    row(18, "sales_past_note", {"以往销售实绩", "Sales so far"}, text(500),          kSame, O, LW, kOn),
    row(19, "sales_now_note",  {"目前销售实绩", "Sales now"}, text(500),             kSame, O, LW, kOn),
    row(20, "staff_quality",   {"经营者和业务人员素质", "Quality of managers and staff"}, text(500), k2, O, LW, kGrant),
    row(21, "ties_with_us",    {"与本公司业务联系", "Business ties with us"}, text(500), kSame, O, LW, kOn),
    row(22, "coop_attitude",   {"合作态度", "Attitude to cooperation"}, one_of(choices::kAttitude), kSame, O, LW, kOn),
    row(23, "competitor_note", {"与竞争者的关系", "Relation with competitors"}, text(500), kSame, O, LW, kOn),
};

inline constexpr std::array kTradingStatusFields{
    row(16, "customer_id",     {"客户", "Customer"}, ref("customer"),               k0, O, IM, kOn, {.required = true}),
    row(17, "period",          {"期间", "Quarter"}, text(6, Check::ValidPeriod),    k0, O, IM, kOn, {.required = true}),
    row(18, "activity",        {"销售活动状况", "Sales activity"}, text(500),        kSame, O, LW, kOn),
    row(19, "problems",        {"存在问题", "Problems"}, text(1000),                 kSame, O, LW, kOn),
    row(20, "advantages",      {"保持优势", "Advantages kept"}, text(1000),          kSame, O, LW, kOn),
    row(21, "measures",        {"未来对策", "Future measures"}, text(1000),          kSame, O, LW, kOn),
    row(22, "reputation",      {"企业信誉与形象", "Reputation and image"}, text(500), kSame, O, LW, kOn),
    row(23, "credit_note",     {"信用状况", "Credit status"}, text(500),             k2, O|I, HA, kGrant),
    row(24, "terms_note",      {"交易条件", "Trading terms"}, text(300),             kSame, O|I, HA, kOn),
};

inline constexpr std::array kCompetitorRelationFields{
    row(16, "customer_id",   {"客户", "Customer"}, ref("customer"),                 k0, O, IM, kOn, {.required = true}),
    row(17, "name",          {"竞争对手", "Competitor"}, text(120),                  kSame, O, LW, kOn, {.required = true}),
    row(18, "mode",          {"合作方式", "Mode"}, text(200),                        kSame, O, LW, kOn),
    row(19, "amount_fen",    {"交易额", "Amount"}, kMoney,                           kSame, O, LW, kOn, {.group = "amount"}),
    row(20, "year",          {"年度", "Year"}, whole(1900, 2999),                    kSame, O, LW, kOn, {.group = "amount"}),
    row(21, "payment_terms", {"付款方式", "Payment terms"}, text(200),               kSame, O, LW, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kBusinessStatus{
    .tag = 27,
    .name = "business_status",
    .label = {"业务状况", "Business status"},
    .fields = table::kBusinessStatusFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "period",
    .unique_together = "customer_id|period",
    .list_columns = "period|customer_id|sales_now_note|ties_with_us|coop_attitude",
    .list_order = "period"};
inline constexpr Kind kTradingStatus{
    .tag = 28,
    .name = "trading_status",
    .label = {"交易活动现状", "Trading status"},
    .fields = table::kTradingStatusFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "period",
    .unique_together = "customer_id|period",
    .list_columns = "period|customer_id|activity|problems|measures|terms_note",
    .list_order = "period"};
inline constexpr Kind kCompetitorRelation{
    .tag = 29,
    .name = "competitor_relation",
    .label = {"竞争关系", "Competitor"},
    .fields = table::kCompetitorRelationFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "name",
    .list_columns = "customer_id|name|mode|amount_fen|year|payment_terms"};

}  // namespace dossier::catalog
