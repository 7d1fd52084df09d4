// People, places and devices: region, department, user, role_assignment, device, access_grant.
// Source: domain 2.5.6, 2.5.3.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/choices_work.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kRegionFields{
    row(16, "code",            {"区域代码", "Region code"}, text(12),    k0, A, SV, kOn, {.required = true, .unique = true, .aliases = "代码"}),
    row(17, "name",            {"区域名称", "Region name"}, text(60),    k0, A, SV, kOn, {.required = true, .aliases = "区域|名称"}),
    row(18, "parent_id",       {"上级区域", "Parent region"}, ref("region"), k0, A, SV, kOn, {.aliases = "上级", .tree = true}),
    row(19, "manager_user_id", {"负责人", "Manager"}, ref("user"),       k0, A, SV, kOn),
    // Whether new files of the region are inspected (D-02); nothing said = all of them.
    row(20, "inspection",      {"新档案核实", "Inspection of new files"}, one_of(choices::kInspection), k0, A, SV, kOn),
    row(21, "inspection_share_bp", {"抽查比例", "Share inspected"}, kPercent, k0, A, SV, kOn),
};

inline constexpr std::array kDepartmentFields{
    row(16, "code",             {"部门代码", "Department code"}, text(12), k0, A, SV, kOn, {.required = true, .unique = true, .aliases = "代码"}),
    row(17, "name",             {"部门名称", "Department name"}, text(60), k0, A, SV, kOn, {.required = true, .aliases = "部门|名称"}),
    row(18, "parent_id",        {"上级部门", "Parent department"}, ref("department"), k0, A, SV, kOn, {.aliases = "上级", .tree = true}),
    row(19, "manager_user_id",  {"负责人", "Manager"}, ref("user"),       k0, A, SV, kOn),
    row(20, "is_archive_owner", {"归口档案部门", "Keeps the files"}, kYesNo, k0, A, SV, kOn),
    row(21, "kind",             {"部门类型", "Department kind"}, one_of(choices::kDepartmentKind), k0, A, SV, kOn, {.preset = "department", .aliases = "类型"}),
};

// Password verifier, second factor and signature code are no fields: the server's accounts keep
// them, so that no export, hash or sync can ever reach them.
inline constexpr std::array kUserFields{
    row(16, "login",            {"登录名", "Login"}, text(40),            k0, A, SV, kOn, {.required = true, .unique = true, .aliases = "账号"}),
    row(17, "employee_no",      {"工号", "Employee number"}, text(20),    k0, A, SV, kOn, {.required = true, .unique = true}),
    row(18, "name",             {"姓名", "Name"}, text(60),               k0, A, SV, kOn, {.required = true}),
    row(19, "department_id",    {"部门", "Department"}, ref("department"), k0, C|G, SV, kOn, {.required = true}),
    row(20, "region_id",        {"区域", "Region"}, ref("region"),        k0, C|G, SV, kOn, {.required = true}),
    row(21, "superior_user_id", {"直接上级", "Direct superior"}, ref("user"), k0, C|G, SV, kOn, {.aliases = "上级", .tree = true}),
    row(22, "rank",             {"职级", "Rank"}, one_of(choices::kRank), k0, C|G, SV, kOn, {.required = true, .preset = "staff"}),
    row(23, "clearance",        {"涉密等级", "Clearance"}, named(0, 3, choices::kLevel),   k0, C|G, SV, kOn, {.required = true, .preset = "1"}),
    row(24, "active_from",      {"入职日期", "Active from"}, date(),      k0, A, SV, kOn, {.group = "active"}),
    row(25, "active_to",        {"离职日期", "Active to"}, date(),        k0, A, SV, kOn, {.group = "active"}),
};

inline constexpr std::array kRoleAssignmentFields{
    row(16, "user_id",      {"人员", "User"}, ref("user"),                       k0, A|C|G, SV, kOn, {.required = true}),
    row(17, "role",         {"角色", "Role"}, one_of(choices::kRole),            k0, A|C|G, SV, kOn, {.required = true}),
    row(18, "scope",        {"范围", "Scope"}, one_of(choices::kAssignmentScope), k0, A|C|G, SV, kOn),
    row(19, "from_at",      {"开始时间", "From"}, time(),                        k0, A|C|G, SV, kOn, {.group = "period"}),
    row(20, "to_at",        {"结束时间", "To"}, time(),                          k0, A|C|G, SV, kOn, {.group = "period"}),
    row(21, "delegated_by", {"委托人", "Delegated by"}, ref("user"),             k0, A|C|G, SV, kOn),
};

inline constexpr std::array kDeviceFields{
    row(16, "device_code",     {"终端码", "Device code"}, text(12),               k0, A, SV, kOn, {.required = true, .unique = true}),
    row(17, "user_id",         {"使用人", "User"}, ref("user"),                   k0, A, SV, kOn, {.required = true}),
    row(18, "public_key",      {"公钥", "Public key"}, text(64, Check::PublicKey), k0, A, SV, kOn, {.required = true}),
    row(19, "enrolled_at",     {"登记时间", "Enrolled at"}, time(),               k0, Y, SV, kOn),
    row(20, "last_sync_at",    {"最近同步", "Last sync"}, time(),                 k0, Y, SV, kOn),
    row(21, "last_op_seq",     {"最近序号", "Last number"}, whole(0, INT64_MAX),  k0, Y, SV, kOn),
    row(22, "clock_offset_ms", {"时钟偏差", "Clock offset (ms)"}, whole(INT64_MIN, INT64_MAX), k0, Y, SV, kOn),
    row(23, "state",           {"终端状态", "Device state"}, one_of(choices::kDeviceState), k0, A, SV, kOn, {.preset = "active", .aliases = "状态"}),
};

// The level of every field is that of the kind, so that a grant is one facet. The approval is
// not required while approvals are no kind of the catalog.
inline constexpr std::array kAccessGrantFields{
    row(16, "grantee_user_id", {"被授权人", "Grantee"}, ref("user"),              kSame, W, SV, kOn, {.group = "grantee"}),
    row(17, "grantee_role",    {"被授权角色", "Grantee role"}, one_of(choices::kRole), kSame, W, SV, kOn, {.group = "grantee"}),
    row(18, "scope_kind",      {"范围类型", "Scope kind"}, one_of(choices::kGrantScope), kSame, W, SV, kOn, {.required = true, .group = "scope"}),
    row(19, "scope_ids",       {"范围", "Scope"}, refs("region|customer"), kSame, W, SV, kOn, {.required = true, .group = "scope"}),
    row(20, "max_level",       {"最高密级", "Highest level"}, named(0, 3, choices::kLevel),        kSame, W, SV, kOn, {.required = true, .preset = "1"}),
    row(21, "fields",          {"字段", "Fields"}, list(60),                      kSame, W, SV, kOn),
    row(22, "ops",             {"操作", "Operations"}, set_of(choices::kGrantOps), kSame, W, SV, kOn, {.required = true, .preset = "view"}),
    row(23, "purpose",         {"目的", "Purpose"}, text(300),                    kSame, W, SV, kOn, {.required = true}),
    row(24, "from_at",         {"开始时间", "From"}, time(),                      kSame, W, SV, kOn, {.required = true, .group = "period"}),
    row(25, "to_at",           {"结束时间", "To"}, time(),                        kSame, W, SV, kOn, {.required = true, .group = "period"}),
    row(26, "approval_id",     {"审批单", "Approval"}, kId,                       kSame, W, SV, kOn),
    row(27, "revoked_at",      {"撤销时间", "Revoked at"}, time(),                kSame, W, SV, kOn, {.group = "revocation"}),
    row(28, "revoked_by",      {"撤销人", "Revoked by"}, ref("user"),             kSame, W, SV, kOn, {.group = "revocation"}),
};
// clang-format on

}  // namespace table

inline constexpr Kind kRegion{.tag = 1,
                              .name = "region",
                              .label = {"区域", "Region"},
                              .fields = table::kRegionFields,
                              .level = Level::L0,
                              .belongs = Belongs::Organisation,
                              .list_columns = "code|name|parent_id|manager_user_id",
                              .list_order = "code",
                              .made_by = MadeBy::Administration,
                              .decides_rights = true,
                              .known_by = "code|name"};
inline constexpr Kind kDepartment{.tag = 2,
                                  .name = "department",
                                  .label = {"部门", "Department"},
                                  .fields = table::kDepartmentFields,
                                  .level = Level::L0,
                                  .belongs = Belongs::Organisation,
                                  .list_columns = "code|name|parent_id|manager_user_id",
                                  .list_order = "code",
                                  .made_by = MadeBy::Administration,
                                  .decides_rights = true,
                                  .one_flag = "is_archive_owner",
                                  .flag_stays = true,
                                  .known_by = "code|name"};
inline constexpr Kind kUser{.tag = 3,
                            .name = "user",
                            .label = {"用户", "User"},
                            .fields = table::kUserFields,
                            .level = Level::L0,
                            .belongs = Belongs::Organisation,
                            .made_by = MadeBy::Administration,
                            .own_actions = true,
                            .decides_rights = true,
                            .known_by = "login|employee_no|name",
                            .acts = true};
inline constexpr Kind kRoleAssignment{.tag = 4,
                                      .name = "role_assignment",
                                      .label = {"任命/代理", "Role assignment"},
                                      .fields = table::kRoleAssignmentFields,
                                      .level = Level::L0,
                                      .belongs = Belongs::Administration,
                                      .parent = "user_id",
                                      .title = "role",
                                      .made_by = MadeBy::Administration,
                                      .own_actions = true,
                                      .decides_rights = true};
inline constexpr Kind kDevice{.tag = 5,
                              .name = "device",
                              .label = {"终端", "Device"},
                              .fields = table::kDeviceFields,
                              .level = Level::L0,
                              .belongs = Belongs::Administration,
                              .parent = "user_id",
                              .title = "device_code",
                              .made_by = MadeBy::Administration,
                              .own_actions = true,
                              .known_by = "device_code"};
inline constexpr Kind kAccessGrant{.tag = 6,
                                   .name = "access_grant",
                                   .label = {"查阅授权", "Access grant"},
                                   .fields = table::kAccessGrantFields,
                                   .level = Level::L1,
                                   .belongs = Belongs::Administration,
                                   .parent = "grantee_user_id",
                                   .title = "purpose",
                                   .made_by = MadeBy::Access,
                                   .own_actions = true,
                                   .decides_rights = true};

}  // namespace dossier::catalog
