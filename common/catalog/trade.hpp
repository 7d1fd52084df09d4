// What is agreed and traded with a customer: contract (合同), transaction (交易记录) with its lines
// and payments. A laptop records an intent; the office confirms it. Source: domain 2.3.3, 2.3.4,
//
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kContractKind{
    Choice{"supply", {"供应合同", "supply contract"}},
    Choice{"quality_assurance", {"质量保证合同", "quality assurance"}},
    Choice{"sales", {"销售合同", "sales contract"}},
    Choice{"agreement", {"协议", "agreement"}},
    Choice{"quotation", {"报价单", "quotation"}},
    Choice{"confidentiality", {"保密协议", "confidentiality"}},
};
inline constexpr std::array kContractState{
    Choice{"draft", {"草拟", "draft"}},        Choice{"signed", {"已签", "signed"}},
    Choice{"active", {"履行中", "in force"}},  Choice{"expired", {"已到期", "expired"}},
    Choice{"terminated", {"已终止", "ended"}},
};
inline constexpr std::array kTradeKind{
    Choice{"purchase", {"购买", "purchase"}},
    Choice{"return", {"退货", "return"}},
    Choice{"exchange", {"换货", "exchange"}},
};
inline constexpr std::array kTradeMode{
    Choice{"direct", {"直销", "direct"}},   Choice{"dealer", {"经销", "through a dealer"}},
    Choice{"tender", {"招标", "tender"}},   Choice{"agency", {"代理", "agency"}},
    Choice{"project", {"项目", "project"}},
};
inline constexpr std::array kTradeState{
    Choice{"intent", {"意向", "intent"}},         Choice{"confirmed", {"已确认", "confirmed"}},
    Choice{"delivered", {"已交付", "delivered"}}, Choice{"closed", {"已结清", "closed"}},
    Choice{"cancelled", {"已取消", "cancelled"}},
};
inline constexpr std::array kPaymentMeans{
    Choice{"transfer", {"转账", "transfer"}},
    Choice{"cash", {"现款", "cash"}},
    Choice{"acceptance", {"承兑", "acceptance"}},
    Choice{"other", {"其他", "other"}},
};

}  // namespace choices

namespace table {

inline constexpr Writers kCosts = kClerk | kPlanning;

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kContractFields{
    row(16, "contract_no",   {"合同编号", "Contract number"}, text(30),             k1, I, IM, kOn, {.required = true, .unique = true, .aliases = "编号"}),
    row(17, "customer_id",   {"客户", "Customer"}, ref("customer"),                k0, I|O, IM, kOn, {.required = true}),
    row(18, "kind",          {"合同类型", "Kind"}, one_of(choices::kContractKind), kSame, I|O, HA, kOn, {.required = true, .preset = "sales", .aliases = "类型"}),
    row(19, "pair_contract_id", {"配套合同", "Paired contract"}, ref("contract"),  kSame, I, HA, kOff),
    row(20, "our_signer_id", {"我方签署人", "Our signer"}, ref("user"),            kSame, I, HA, kOff),
    row(21, "signer_title",  {"签署人职务", "Title of the signer"}, text(60),      kSame, I, HA, kOff),
    row(22, "deviation_reason", {"签署人不同的理由", "Why another signs"}, text(300), kSame, I, HA, kOff),
    row(23, "their_signer",  {"对方签署人", "Their signer"}, text(60),             kSame, I, HA, kOff),
    row(24, "is_legal_rep",  {"对方为法人代表", "Signed by the legal representative"}, kYesNo, kSame, I, HA, kOff),
    row(25, "signed_on",     {"签订日期", "Signed on"}, date(Check::NotFuture),    kSame, I, HA, kOn),
    row(26, "valid_from",    {"生效日期", "Valid from"}, date(),                   kSame, I, HA, kOn, {.group = "term"}),
    row(27, "valid_to",      {"到期日期", "Valid until"}, date(),                  kSame, I, HA, kOn, {.group = "term"}),
    row(28, "amount_fen",    {"合同金额", "Amount"}, kMoney,                       kSame, I, HA, kGrant),
    row(29, "payment_terms", {"付款方式", "Payment terms"}, text(200),             kSame, I, HA, kGrant),
    row(30, "attachment_id", {"原件扫描", "Scan"}, ref("attachment"),              k2, I|K, AO, kGrant),
    row(31, "state",         {"合同状态", "State"}, one_of(choices::kContractState), kSame, W, SV, kOn, {.preset = "draft", .aliases = "状态"}),
    row(32, "remark",        {"办理说明", "Why so decided"}, text(500),            kSame, W, SV, kOff),
};

inline constexpr std::array kTransactionFields{
    row(16, "customer_id",   {"客户", "Customer"}, ref("customer"),                k0, O|I, IM, kOn, {.required = true}),
    row(17, "subject",       {"订货内容", "What is ordered"}, text(200),            kSame, O|I, LW, kOn, {.required = true, .aliases = "内容|摘要"}),
    row(18, "order_no",      {"订单号", "Order number"}, text(30),                  kSame, O|I, HA, kOn, {.aliases = "订单编号"}),
    row(19, "kind",          {"交易类型", "Kind"}, one_of(choices::kTradeKind),     kSame, O|I, IM, kOn, {.required = true, .preset = "purchase", .aliases = "类型"}),
    row(20, "traded_on",     {"交易日期", "Traded on"}, date(Check::NotFuture),     kSame, O|I, HA, kOn, {.required = true, .preset = "today", .aliases = "日期"}),
    row(21, "amount_fen",    {"总额", "Amount"}, kMoney,                            kSame, O|I, HA, kOn, {.required = true, .aliases = "金额"}),
    row(22, "mode",          {"合作方式", "Mode"}, one_of(choices::kTradeMode),     kSame, O|I, HA, kOn, {.preset = "direct"}),
    row(23, "contract_id",   {"合同", "Contract"}, ref("contract"),                kSame, O|I, HA, kOn),
    row(24, "payment_terms", {"付款方式", "Payment terms"}, text(100),             kSame, O|I, HA, kOn),
    row(25, "due_on",        {"应付日", "Payment due on"}, date(),                 kSame, O|I, HA, kOn),
    row(26, "source",        {"出处", "Source"}, text(40),                         kSame, I, IM, kOn, {.aliases = "来源"}),
    row(27, "state",         {"交易状态", "State"}, one_of(choices::kTradeState),   kSame, W, SV, kOn, {.preset = "intent", .aliases = "状态"}),
    row(28, "confirmed_by",  {"确认人", "Confirmed by"}, ref("user"),              kSame, W, SV, kOn),
    row(29, "confirmed_at",  {"确认时间", "Confirmed at"}, time(),                  kSame, W, SV, kOn),
    row(30, "remark",        {"办理说明", "Why so decided"}, text(500),            kSame, W, SV, kOn),
};

inline constexpr std::array kTransactionLineFields{
    row(16, "transaction_id", {"交易", "Transaction"}, ref("transaction"),         k0, O|I, IM, kOn, {.required = true}),
    row(17, "name",          {"产品名称", "Product"}, text(120),                    kSame, O|I, HA, kOn, {.required = true, .aliases = "名称"}),
    row(18, "product_id",    {"商品", "Listed product"}, ref("product"),           kSame, O|I, HA, kOn),
    row(19, "spec",          {"规格", "Specification"}, text(120),                 kSame, O|I, HA, kOn),
    row(20, "quantity",      {"数量", "Quantity"}, whole(1, 1'000'000'000),        kSame, O|I, HA, kOn, {.required = true}),
    row(21, "unit",          {"单位", "Unit"}, text(20),                           kSame, O|I, HA, kOn),
    row(22, "amount_fen",    {"金额", "Amount"}, kMoney,                            kSame, O|I, HA, kOn, {.required = true}),
    row(23, "cost_fen",      {"成本", "Cost"}, kMoney,                              k2, kCosts, SV, kOff),
};

inline constexpr std::array kPaymentFields{
    row(16, "transaction_id", {"交易", "Transaction"}, ref("transaction"),         k0, I, IM, kOn, {.required = true}),
    row(17, "paid_on",       {"付款日期", "Paid on"}, date(Check::NotFuture),       kSame, I, IM, kOn, {.required = true, .preset = "today", .aliases = "日期"}),
    row(18, "amount_fen",    {"付款金额", "Amount"}, kMoney,                        kSame, I, IM, kOn, {.required = true, .aliases = "金额"}),
    row(19, "means",         {"付款手段", "Means"}, one_of(choices::kPaymentMeans), kSame, I, IM, kOn, {.preset = "transfer"}),
    row(20, "note",          {"说明", "Note"}, text(200),                           kSame, I, IM, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kContract{
    .tag = 36,
    .name = "contract",
    .label = {"合同", "Contract"},
    .fields = table::kContractFields,
    .level = Level::L2,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "contract_no",
    .list_columns = "contract_no|customer_id|kind|signed_on|valid_to|state",
    .list_order = "signed_on",
    .known_by = "contract_no"};
inline constexpr Kind kTransaction{
    .tag = 37,
    .name = "transaction",
    .label = {"交易记录", "Transaction"},
    .fields = table::kTransactionFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "subject",
    .list_columns = "traded_on|customer_id|kind|subject|amount_fen|due_on|state",
    .list_order = "traded_on"};
inline constexpr Kind kTransactionLine{
    .tag = 38,
    .name = "transaction_line",
    .label = {"交易明细", "Transaction line"},
    .fields = table::kTransactionLineFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "transaction_id",
    .list_columns = "transaction_id|name|spec|quantity|unit|amount_fen"};
inline constexpr Kind kPayment{.tag = 39,
                               .name = "payment",
                               .label = {"付款", "Payment"},
                               .fields = table::kPaymentFields,
                               .level = Level::L1,
                               .belongs = Belongs::Customer,
                               .parent = "transaction_id",
                               .title = "paid_on",
                               .list_columns = "paid_on|transaction_id|amount_fen|means",
                               .list_order = "paid_on",
                               .only_adds = true};

}  // namespace dossier::catalog
