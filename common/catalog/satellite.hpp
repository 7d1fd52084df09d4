// What is kept beside a customer's file in small tables, and the lists of the company: a kind is a
// table here and its name in the last line. Source: domain 2.2.7.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {

namespace table {

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kOrgUnitFields{
    row(16, "customer_id",     {"客户", "Customer"}, ref("customer"),                k0, O|I, IM, kOn, {.required = true}),
    row(17, "parent_id",       {"上级机构", "Unit above"}, ref("customer_org_unit"), kSame, O|I, LW, kOn, {.aliases = "上级", .tree = true}),
    row(18, "name",            {"机构名称", "Unit name"}, text(80),                  kSame, O|I, LW, kOn, {.required = true, .aliases = "名称|机构"}),
    row(19, "head_contact_id", {"负责人", "Head"}, ref("contact"),                   kSame, O|I, LW, kOn),
    row(20, "note",            {"管理体系说明", "Note"}, text(500),                  kSame, O|I, LW, kOn, {.aliases = "说明|备注"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kOrgUnit{.tag = 22,
                               .name = "customer_org_unit",
                               .label = {"客户组织结构", "Customer unit"},
                               .fields = table::kOrgUnitFields,
                               .level = Level::L1,
                               .belongs = Belongs::Customer,
                               .parent = "customer_id",
                               .list_columns = "customer_id|name|parent_id|head_contact_id"};

namespace choices {

inline constexpr std::array kLinkKind{
    Choice{"parent", {"母公司", "parent"}},     Choice{"affiliate", {"关联", "affiliate"}},
    Choice{"branch", {"分支", "branch"}},       Choice{"plant", {"分厂", "plant"}},
    Choice{"upstream", {"上游", "upstream"}},   Choice{"downstream", {"下游", "downstream"}},
    Choice{"referrer", {"介绍人", "referrer"}},
};

}  // namespace choices

namespace table {

// clang-format off: one row is one field, as in the tables of the domain.
inline constexpr std::array kCustomerLinkFields{
    row(16,
        "customer_id",
        {"客户", "Customer"},
        ref("customer"),
        k0,
        O | I,
        IM,
        kOn,
        {.required = true}),
    row(17,
        "other_customer_id",
        {"关联客户", "Other customer"},
        ref("customer"),
        kSame,
        O | I,
        LW,
        kOn),
    row(18,
        "other_name",
        {"关联方名称", "Name of the other"},
        text(120),
        kSame,
        O | I,
        LW,
        kOn,
        {.required = true, .aliases = "名称", .instead = "other_customer_id"}),
    row(19,
        "kind",
        {"关系", "Relation"},
        one_of(choices::kLinkKind),
        kSame,
        O | I,
        LW,
        kOn,
        {.required = true, .preset = "affiliate"}),
    row(20, "since", {"起始", "Since"}, date(), kSame, O | I, LW, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kCustomerLink{.tag = 23,
                                    .name = "customer_link",
                                    .label = {"关联企业", "Linked company"},
                                    .fields = table::kCustomerLinkFields,
                                    .level = Level::L1,
                                    .belongs = Belongs::Customer,
                                    .parent = "customer_id",
                                    .title = "other_name",
                                    .list_columns = "customer_id|kind|other_name|since",
                                    .other_end = "other_customer_id",
                                    .above_when = "kind=parent"};

namespace choices {

inline constexpr std::array kNeedKind{
    Choice{"need", {"需求", "need"}},
    Choice{"preference", {"偏好", "preference"}},
    Choice{"problem", {"问题", "problem"}},
    Choice{"suggestion", {"建议", "suggestion"}},
    Choice{"opportunity", {"机会", "opportunity"}},
};
inline constexpr std::array kNeedState{
    Choice{"open", {"待处理", "open"}},
    Choice{"in_progress", {"处理中", "in progress"}},
    Choice{"solved", {"已解决", "solved"}},
    Choice{"dropped", {"已放弃", "dropped"}},
};

}  // namespace choices

namespace table {

// clang-format off: one row is one field, as in the tables of the domain.
inline constexpr std::array kCustomerNeedFields{
    row(16,
        "customer_id",
        {"客户", "Customer"},
        ref("customer"),
        k0,
        O | S,
        IM,
        kOn,
        {.required = true}),
    row(17,
        "kind",
        {"类型", "Sort"},
        one_of(choices::kNeedKind),
        kSame,
        O | S,
        LW,
        kOn,
        {.required = true, .preset = "need"}),
    row(18, "text", {"内容", "Text"}, text(500), kSame, O | S, LW, kOn, {.required = true}),
    row(19,
        "state",
        {"处理状态", "State"},
        one_of(choices::kNeedState),
        kSame,
        O | S,
        LW,
        kOn,
        {.preset = "open", .aliases = "状态"}),
    row(20,
        "from_communication_id",
        {"来源沟通", "Communication"},
        ref("communication"),
        kSame,
        O | S,
        IM,
        kOn),
    row(21, "assignee_id", {"跟进人", "Assignee"}, ref("user"), kSame, O | S, LW, kOn),
};
// clang-format on

}  // namespace table

inline constexpr Kind kCustomerNeed{.tag = 24,
                                    .name = "customer_need",
                                    .label = {"客户需求", "Customer need"},
                                    .fields = table::kCustomerNeedFields,
                                    .level = Level::L1,
                                    .belongs = Belongs::Customer,
                                    .parent = "customer_id",
                                    .title = "text",
                                    .list_columns = "customer_id|kind|text|state|assignee_id"};

namespace table {

inline constexpr Writers kLists = kClerk | kPlanning;

// clang-format off: one row is one field, as in the tables of the domain.
inline constexpr std::array kProductFields{
    row(16,
        "product_code",
        {"商品代码", "Product code"},
        text(30),
        k0,
        kLists,
        SV,
        kOn,
        {.required = true, .unique = true, .aliases = "代码|编码"}),
    row(17,
        "name",
        {"商品名称", "Product name"},
        text(120),
        k0,
        kLists,
        SV,
        kOn,
        {.required = true, .aliases = "名称"}),
    row(18, "spec", {"规格", "Specification"}, text(120), k0, kLists, SV, kOn),
    row(19, "unit", {"单位", "Unit"}, text(20), k0, kLists, SV, kOn),
    row(20,
        "category",
        {"商品类", "Category"},
        text(40),
        k0,
        kLists,
        SV,
        kOn,
        {.required = true, .aliases = "类别"}),
    row(21,
        "business_segment",
        {"业务板块", "Business segment"},
        text(40),
        k0,
        kLists,
        SV,
        kOn,
        {.required = true}),
    row(22, "active", {"有效", "Active"}, kYesNo, k0, kLists, SV, kOn, {.preset = "是"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kProduct{.tag = 7,
                               .name = "product",
                               .label = {"商品", "Product"},
                               .fields = table::kProductFields,
                               .level = Level::L0,
                               .belongs = Belongs::Organisation,
                               .list_columns = "product_code|name|spec|unit|category|active",
                               .list_order = "product_code",
                               .made_by = MadeBy::Administration,
                               .known_by = "product_code|name"};

/// The kinds of this table, for the list of all (catalog.cpp).
inline constexpr std::array kSatellites{&kOrgUnit, &kCustomerLink, &kCustomerNeed, &kProduct};

}  // namespace dossier::catalog
