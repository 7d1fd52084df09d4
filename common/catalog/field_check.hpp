// What somebody checked of a customer's file, and how: the inspector before a file is posted, an
// owner who asked by phone. Source, WF-01 `verified`.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace choices {

inline constexpr std::array kCheckedPart{
    Choice{"name", {"名称", "name"}},
    Choice{"identity", {"证照号码", "codes and identity"}},
    Choice{"legal_rep", {"法人代表", "legal representative"}},
    Choice{"address", {"地址", "address"}},
    Choice{"phone", {"电话", "phone"}},
    Choice{"contact", {"联系人", "contact"}},
    Choice{"business", {"经营范围", "business"}},
    Choice{"other", {"其他", "other"}},
};
inline constexpr std::array kCheckMethod{
    Choice{"phone", {"电话", "by phone"}},
    Choice{"visit", {"实地走访", "by a visit"}},
    Choice{"document", {"查验证件", "by a document"}},
    Choice{"register", {"公开登记", "in a public register"}},
    Choice{"fax_or_mail", {"传真或邮件", "by fax or mail"}},
};
inline constexpr std::array kCheckResult{
    Choice{"agrees", {"属实", "true"}},
    Choice{"differs", {"不符", "not as written"}},
};

}  // namespace choices

namespace table {

// clang-format off: one row is one field, as in the tables of the domain.
inline constexpr std::array kFieldCheckFields{
    row(16,
        "customer_id",
        {"客户", "Customer"},
        ref("customer"),
        k0,
        O | S | I | V,
        IM,
        kOn,
        {.required = true}),
    row(17,
        "part",
        {"核实内容", "What was checked"},
        one_of(choices::kCheckedPart),
        kSame,
        O | S | I | V,
        IM,
        kOn,
        {.required = true}),
    row(18,
        "method",
        {"核实方式", "How"},
        one_of(choices::kCheckMethod),
        kSame,
        O | S | I | V,
        IM,
        kOn,
        {.required = true}),
    row(19,
        "result",
        {"核实结果", "Result"},
        one_of(choices::kCheckResult),
        kSame,
        O | S | I | V,
        IM,
        kOn,
        {.required = true, .preset = "agrees"}),
    row(20,
        "checked_at",
        {"核实时间", "Checked at"},
        time(Check::NotFuture),
        kSame,
        O | S | I | V,
        IM,
        kOn,
        {.required = true, .preset = "now"}),
    row(21, "evidence_id", {"凭证", "Evidence"}, ref("attachment"), kSame, O | S | I | V, IM, kOn),
    row(22, "note", {"说明", "Note"}, text(500), kSame, O | S | I | V, IM, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kFieldCheck{.tag = 35,
                                  .name = "field_check",
                                  .label = {"核实记录", "Check"},
                                  .fields = table::kFieldCheckFields,
                                  .level = Level::L1,
                                  .belongs = Belongs::Customer,
                                  .parent = "customer_id",
                                  .title = "part",
                                  .list_columns = "checked_at|customer_id|part|method|result|note",
                                  .list_order = "checked_at",
                                  .made_by = MadeBy::Record,
                                  .only_adds = true,
                                  .taken_back = true};

}  // namespace dossier::catalog
