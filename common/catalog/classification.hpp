// How customers are classed beside type and grade: classification_scheme (分类标准), kept in
// versions by clerk, keeper and planning, and customer_classification (客户分类), the class of one
// customer in one of them. Source: domain 2.2.7, R-080, R-085 to, D-13.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

inline constexpr Writers kSchemeKeepers = kClerk | kKeeper | kPlanning;

// A later version of a scheme is a record of its own: what was classed by the former stays readable
// by it.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kSchemeFields{
    row(16, "code",         {"标准代码", "Code"}, text(30),                          k0, kSchemeKeepers, SV, kOn, {.required = true, .aliases = "代码"}),
    row(17, "name",         {"标准名称", "Name of the scheme"}, text(60),            k0, kSchemeKeepers, SV, kOn, {.required = true, .aliases = "名称"}),
    row(18, "values",       {"类别", "Classes"}, list(60),                           k0, kSchemeKeepers, SV, kOn, {.required = true, .aliases = "类别值"}),
    row(19, "version",      {"版本", "Version"}, whole(1, 9999),                     k0, kSchemeKeepers, SV, kOn, {.required = true, .preset = "1"}),
    row(20, "effective_on", {"生效日期", "In effect from"}, date(),                  k0, kSchemeKeepers, SV, kOn, {.required = true, .preset = "today", .aliases = "生效"}),
    row(21, "standard",     {"归类依据", "What a class is given by"}, text(1000),    k0, kSchemeKeepers, SV, kOn),
};

inline constexpr std::array kClassificationFields{
    row(16, "customer_id", {"客户", "Customer"}, ref("customer"),                    k0, O|I, IM, kOn, {.required = true}),
    row(17, "scheme_id",   {"分类标准", "Scheme"}, ref("classification_scheme"),     k0, O|I, IM, kOn, {.required = true}),
    row(18, "class",       {"类别", "Class"}, text(60),                              k0, O|I, HA, kOn, {.required = true, .among = "scheme_id.values"}),
    row(19, "from_on",     {"自", "From"}, date(),                                   k0, O|I, HA, kOn, {.group = "term", .preset = "today"}),
    row(20, "to_on",       {"至", "Until"}, date(),                                  k0, O|I, HA, kOn, {.group = "term"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kClassificationScheme{.tag = 11,
                                            .name = "classification_scheme",
                                            .label = {"分类标准", "Classification scheme"},
                                            .fields = table::kSchemeFields,
                                            .level = Level::L0,
                                            .belongs = Belongs::Organisation,
                                            .unique_together = "code|version",
                                            .list_columns = "code|name|values|version|effective_on",
                                            .list_order = "code",
                                            .made_by = MadeBy::Administration,
                                            .known_by = "code|name"};
inline constexpr Kind kCustomerClassification{
    .tag = 31,
    .name = "customer_classification",
    .label = {"客户分类", "Classification"},
    .fields = table::kClassificationFields,
    .level = Level::L1,
    .belongs = Belongs::Customer,
    .parent = "customer_id",
    .title = "class",
    .unique_together = "customer_id|scheme_id",
    .list_columns = "customer_id|scheme_id|class|from_on|to_on",
    .list_filters = "scheme_id|class"};

}  // namespace dossier::catalog
