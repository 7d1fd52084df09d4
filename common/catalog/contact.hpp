// The people at a customer: contact, and contact_private, which is a kind of its own so that it
// can stay off a laptop. Source: domain 2.2.2, 2.2.3.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/table.hpp"

namespace dossier::catalog {
namespace table {

/// Elements are {kind, number}; the choices are those of kind.
inline constexpr Shape kPhones{
    .type = Type::List, .length_max = 30, .choices = choices::kPhoneKind, .check = Check::Phones};

// Units of the customer's organisation, consents and attachments were no kinds of the catalog when
// these fields were declared: their identities are kept as text.
// One row is one field, as in the tables of the domain.
// clang-format off
inline constexpr std::array kContactFields{
    row(16, "customer_id",   {"客户", "Customer"}, ref("customer"),                  k0, O|S|I, IM, kOn, {.required = true}),
    row(17, "name",          {"姓名", "Name"}, text(60),                             kSame, O|S|I, HA, kOn, {.required = true, .aliases = "联系人|联系人姓名|contactName"}),
    row(18, "gender",        {"性别", "Gender"}, one_of(choices::kGender),           kSame, O|S|I, LW, kOn),
    row(19, "department",    {"部门", "Department"}, text(60),                       kSame, O|S|I, LW, kOn),
    row(20, "job_title",     {"职务", "Job title"}, text(60),                        kSame, O|S|I, LW, kOn, {.aliases = "职位|contactTitle"}),
    row(21, "org_unit_id",   {"所在机构", "Organisation unit"}, kId,                 kSame, O|S|I, LW, kOn),
    row(22, "roles",         {"角色", "Roles"}, set_of(choices::kContactRole),       kSame, O|S|I, UN, kOn),
    row(23, "is_key_person", {"关键人物", "Key person"}, kYesNo,                     kSame, O|S|I, LW, kOn),
    row(24, "is_primary",    {"主要联系人", "Primary contact"}, kYesNo,              kSame, O|S|I, LW, kOn),
    row(25, "phones",        {"电话", "Phones"}, kPhones,                              k1, O|S|I, UN, kOn, {.aliases = "手机|联系电话|手机号|Phone|Mobile"}),
    row(26, "emails",        {"邮箱", "Emails"}, list(120, Check::Email),            k1, O|S|I, UN, kOn, {.aliases = "电子邮箱|Email|E-mail"}),
    row(27, "im_accounts",   {"聊天账号", "Chat accounts"}, list(80),                k1, O|S|I, UN, kOn, {.aliases = "微信|WeChat|QQ"}),
    row(28, "quality_note",  {"人员素质", "Quality note"}, text(500),                k2, O, LW, kGrant),
    row(29, "attitude",      {"合作态度", "Attitude"}, one_of(choices::kAttitude),   kSame, O|S, LW, kOn),
    row(30, "left_on",       {"离任日期", "Left on"}, date(),                        kSame, O|S|I, LW, kOn),
    row(31, "confirmed_at",  {"核实时间", "Confirmed at"}, time(Check::NotFuture),   k0, O|S|I, LW, kOn),
    row(32, "consent_id",    {"授权", "Consent"}, ref_text("consent"),               k0, O|S|I, HA, kOn),
};

inline constexpr std::array kContactPrivateFields{
    row(16, "contact_id",     {"联系人", "Contact"}, ref("contact"),                 k2, O|I, IM, kGrant, {.required = true, .unique = true}),
    row(17, "birthday",       {"生日", "Birthday"}, date(Check::DateOrMonthDay),     k2, O|I, HA, kGrant),
    row(18, "hobbies",        {"爱好/偏好", "Hobbies"}, list(60),                    k2, O|I, UN, kGrant, {.aliases = "爱好|偏好"}),
    row(19, "family_note",    {"家庭", "Family"}, text(1000),                        k2, O|I, LW, kGrant),
    row(20, "career_note",    {"履历", "Career"}, text(1000),                        k2, O|I, LW, kGrant),
    row(21, "decision_style", {"决策风格", "Decision style"}, text(500),             k2, O, LW, kGrant),
    row(22, "id_doc_ref",     {"证件附件", "Identity document"}, kId,                k2, O|I, HA, kOff),
};
// clang-format on

}  // namespace table

inline constexpr Kind kContact{.tag = 17,
                               .name = "contact",
                               .label = {"联系人", "Contact"},
                               .fields = table::kContactFields,
                               .level = Level::L1,
                               .belongs = Belongs::Customer,
                               .parent = "customer_id",
                               .list_columns = "customer_id|name|job_title|phones|is_primary",
                               .taken_back = true,
                               .one_flag = "is_primary",
                               .people = true};
inline constexpr Kind kContactPrivate{.tag = 18,
                                      .name = "contact_private",
                                      .label = {"决策者个人情况", "Private facts"},
                                      .fields = table::kContactPrivateFields,
                                      .level = Level::L2,
                                      .belongs = Belongs::Customer,
                                      .parent = "contact_id",
                                      .title = "birthday",
                                      .personal = true};

}  // namespace dossier::catalog
