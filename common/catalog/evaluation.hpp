// What the information clerk finds in a file and sends to the market manager: file_evaluation.
// Source: domain 2.2.7, R-013, R-240.
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
// clang-format on

}  // namespace table

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
