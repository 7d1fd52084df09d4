// What is thought of a customer and of his file: customer_evaluation (客户评估), his value,
// potential and loyalty of a quarter, and file_evaluation (档案评估), which the information clerk
// sends to the market manager. Source: domain 2.2.7, R-013, R-075, R-240.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kNonCashAdvice{
    Choice{"agree", {"同意", "agree"}},
    Choice{"limit", {"限额", "limit"}},
    Choice{"refuse", {"不同意", "refuse"}},
};

}  // namespace choices

namespace table {

inline constexpr Writers kEvaluators = kOwner | kRegional | kClerk;
/// Points of a hundred.
inline constexpr Shape kPoints = whole(0, 100);

// Append-only as a whole: written once.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kFileEvaluationFields{
    row(16, "customer_id",     {"客户", "Customer"}, ref("customer"),               k1, I, IM, kOff, {.required = true}),
    row(17, "findings",        {"评估结论", "Findings"}, text(2000),                k1, I, IM, kOff, {.required = true, .aliases = "结论"}),
    row(18, "recommendation",  {"建议", "Recommendation"}, text(1000),              k1, I, IM, kOff),
    row(19, "non_cash_advice", {"非现款交易意见", "Advice on other than cash"}, one_of(choices::kNonCashAdvice), k1, I, IM, kOff),
    row(20, "sent_to",         {"报送", "Sent to"}, refs("user"),                   k1, Y, SV, kOff),
    row(21, "sent_at",         {"报送时间", "Sent at"}, time(),                     k1, Y, SV, kOff),
};

inline constexpr std::array kCustomerEvaluationFields{
    row(16, "customer_id",     {"客户", "Customer"}, ref("customer"),                k0, kEvaluators, IM, kOn, {.required = true}),
    row(17, "period",          {"期间", "Quarter"}, text(6, Check::ValidPeriod),     k0, kEvaluators, IM, kOn, {.required = true}),
    row(18, "value_score",     {"价值（0–100）", "Value (0-100)"}, kPoints,           kSame, kEvaluators, IM, kOn, {.required = true, .aliases = "价值"}),
    row(19, "potential_score", {"潜力（0–100）", "Potential (0-100)"}, kPoints,       kSame, kEvaluators, IM, kOn, {.required = true, .aliases = "潜力"}),
    row(20, "loyalty_score",   {"忠诚度（0–100）", "Loyalty (0-100)"}, kPoints,       kSame, kEvaluators, IM, kOn, {.required = true, .aliases = "忠诚度"}),
    row(21, "basis",           {"评估依据", "Basis"}, text(1000),                    kSame, kEvaluators, IM, kOn, {.required = true, .aliases = "依据"}),
    row(22, "evaluator_id",    {"评估人", "Evaluated by"}, ref("user"),              kSame, Y, IM, kOn, {.preset = kAuthor}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kCustomerEvaluation{
    .tag = 30,
    .name = "customer_evaluation",
    .label = {"客户评估", "Customer evaluation"},
    .fields = table::kCustomerEvaluationFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "period",
    .list_columns = "period|customer_id|value_score|potential_score|loyalty_score|evaluator_id",
    .list_order = "period",
    .excerpt = "basis"};

inline constexpr Kind kFileEvaluation{
    .tag = 26,
    .name = "file_evaluation",
    .label = {"档案评估", "File evaluation"},
    .fields = table::kFileEvaluationFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "findings",
    .list_columns = "sent_at|customer_id|findings|recommendation|sent_to",
    .list_order = "sent_at",
    .made_by = MadeBy::Letters,
    .tells_role = "market_manager",
    .told_to = "sent_to",
    .told_at = "sent_at"};

}  // namespace dossier::catalog
