// Which department hears of verified changes, and of whose customers: subscription (订阅). Source:
// domain R-026.
#pragma once

#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kSubscriptionFields{
    row(16, "department_id", {"订阅部门", "Department"}, ref("department"), k0, A|C, SV, kOff, {.required = true, .aliases = "部门"}),
    row(17, "user_id",       {"接收人", "Who is told"}, ref("user"),       k0, A|C, SV, kOff, {.required = true, .instead = "department_id"}),
    row(18, "region_id",     {"客户区域", "Customers of region"}, ref("region"), k0, A|C, SV, kOff, {.aliases = "区域"}),
    row(19, "active",        {"有效", "Active"}, kYesNo,                   k0, A|C, SV, kOff, {.preset = "是"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kSubscription{.tag = 8,
                                    .name = "subscription",
                                    .label = {"变更订阅", "Subscription"},
                                    .fields = table::kSubscriptionFields,
                                    .level = Level::L0,
                                    .belongs = Belongs::Organisation,
                                    .title = "department_id",
                                    .list_columns = "department_id|user_id|region_id|active",
                                    .list_order = "department_id",
                                    .made_by = MadeBy::Administration};

}  // namespace dossier::catalog
