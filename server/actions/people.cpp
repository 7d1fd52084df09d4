// People and their roles.
#include <array>

#include "common/base/told.hpp"
#include "common/catalog/organisation.hpp"

#include "server/accounts/devices.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/known.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kRoleAssignment;
using catalog::kUser;

inline constexpr Fault kUnknownRole{"cli.unknown_role",
                                    ErrorCode::Usage,
                                    {"没有角色“{}”", "there is no role '{}'"},
                                    {"可用角色：{}", "the roles are: {}"}};
inline constexpr Fault kNotHeld{"cli.role_not_held",
                                ErrorCode::NotFound,
                                {"{} 现在没有角色 {}", "{} does not hold the role {} now"},
                                {"用 {do:role.list} 查看", "see {do:role.list}"}};

Result<std::string> role_code(std::string_view word) {
    if (const auto role = access::role_from(word)) return std::string(access::facts(*role).code);
    std::string all;
    for (const auto& facts : access::all_roles())
        all += (all.empty() ? "" : " ") + std::string(facts.code);
    return fail(kUnknownRole, std::string(word), all);
}

/// The assignments of a user in force now.
std::vector<Listed> roles_of(Context& context, const UserId& user) {
    auto& store = context.office.store();
    std::vector<Listed> held;
    for (const RecordId& id : store.find(kRoleAssignment.tag, field(kRoleAssignment, "user_id").tag,
                                         user.as<RecordTag>())) {
        auto values = store.load(kRoleAssignment.tag, id).value_or(FieldValues{});
        const auto now = context.office.now().ms;
        if (number_in(values, field(kRoleAssignment, "from_at"), 0) > now) continue;
        if (number_in(values, field(kRoleAssignment, "to_at"), INT64_MAX) <= now) continue;
        held.push_back({id, std::move(values)});
    }
    return held;
}

/// Those of them the acting person may know of.
std::vector<Listed> shown_roles_of(Context& context, const UserId& user) {
    auto held = roles_of(context, user);
    std::erase_if(held, [&](const Listed& each) {
        const Place place{kRoleAssignment.tag, each.id, {}};
        const auto facet = catalog::facets_of(kRoleAssignment).front();
        return known_by(context.office, context.asker(), place, each.values, facet) !=
               Known::InFull;
    });
    return held;
}

Result<merge::Op> assignment(Context& context, const RecordId& user, std::string_view role) {
    auto code = role_code(role);
    if (!code) return pass(code);
    auto draft = new_draft(context, kRoleAssignment);
    draft.give("user_id", user);
    draft.give("role", std::move(*code));
    draft.give("from_at", context.office.now().ms);
    for (const auto& [name, arg] : {std::pair{"scope", "scope"}, std::pair{"to_at", "until"}}) {
        if (auto read = draft.read(context, name, context.inputs.text(arg)); !read)
            return pass(read);
    }
    return draft.op();
}

// ---- user -----------------------------------------------------------------------------------

constexpr std::array kUserAdd{
    Input{"LOGIN", "", {"登录名", "login"}, Give::Required},
    Input{"name", "TEXT", {"姓名", "name"}, Give::Required},
    Input{"department", "CODE", {"部门代码或名称", "department, by code or name"}, Give::Required},
    Input{"region", "CODE", {"区域代码或名称", "region, by code or name"}, Give::Required},
    Input{"employee-no", "TEXT", {"工号，默认同登录名", "employee number, by default the login"}},
    Input{"superior", "LOGIN", {"直接上级", "direct superior"}},
    Input{"rank",
          "RANK",
          {"职级：staff supervisor manager director gm", "staff supervisor manager director gm"}},
    Input{"clearance", "0-3", {"涉密等级，默认 1", "clearance, by default 1"}},
    Input{"role", "ROLE", {"角色，可重复", "role, may be repeated"}, Give::Many},
    Input{"id",
          "ID",
          {"恢复备份后重建用户时，其终端登记时提示的标识",
           "to make a user again whom a restore lost: the identity his laptop's enrolment names"}},
};

Result<int> user_add(Context& context) {
    auto draft = new_draft(context, kUser);
    const auto& inputs = context.inputs;
    if (inputs.has("id")) {
        const auto id = id_from<RecordId>(inputs.text("id"));
        if (!id) return fail(action::kWrongUsage, named_input("id") + " " + inputs.text("id"));
        draft.id = *id;
    }
    const auto& number =
        inputs.has("employee-no") ? inputs.text("employee-no") : inputs.text("login");
    const std::array<std::pair<std::string_view, std::string_view>, 8> given{{
        {"login", inputs.text("login")},
        {"employee_no", number},
        {"name", inputs.text("name")},
        {"department_id", inputs.text("department")},
        {"region_id", inputs.text("region")},
        {"superior_user_id", inputs.text("superior")},
        {"rank", inputs.text("rank")},
        {"clearance", inputs.text("clearance")},
    }};
    for (const auto& [name, text] : given) {
        if (auto read = draft.read(context, name, text); !read) return pass(read);
    }
    std::vector<merge::Op> ops{draft.op()};
    for (const auto& role : inputs.all("role")) {
        auto op = assignment(context, draft.id, role);
        if (!op) return pass(op);
        ops.push_back(std::move(*op));
    }
    if (auto done = submit(context, std::move(ops)); !done) return pass(done);
    context.answer.line({"已建立用户 {}", "user {} was added"}, {inputs.text("login")});
    context.answer.document({{"id", to_text(draft.id)}, {"login", inputs.text("login")}});
    return 0;
}

constexpr std::array<std::string_view, 6> kUserColumns{"login",     "name", "department_id",
                                                       "region_id", "rank", "clearance"};

Result<int> user_list(Context& context) {
    answer_records(context, kUser, kUserColumns,
                   all_records(context.office, context.asker(), kUser));
    return 0;
}

constexpr std::array kOneUser{Input{"LOGIN", "", {"登录名", "login"}, Give::Required}};

action::Json role_document(const Listed& held) {
    return record_document(kRoleAssignment, held.id, held.values);
}

std::string role_label(Context& context, const Listed& held) {
    const auto role = access::role_from(text_in(held.values, field(kRoleAssignment, "role")));
    return role ? std::string(access::facts(*role).label.in(context.lang())) : std::string("?");
}

Result<int> user_show(Context& context) {
    const auto user = find_user(context.office, context.inputs.text("login"));
    if (!user) return tl::unexpected(user.error());
    const auto id = user->as<RecordTag>();
    const auto visible = read_record(context.office, context.asker(), {kUser.tag, id, {}}, "view");
    if (!visible) return tl::unexpected(visible.error());
    const auto& values = visible->values;
    const bool active = context.office.people().viewer(*user, context.office.now()).active;
    const auto roles = shown_roles_of(context, *user);
    auto document = record_document(kUser, id, values);
    document["active"] = active;
    const auto credential = context.office.store().credential(*user);
    document["has_password"] = credential && !credential->password.empty();
    document["roles"] = action::Json::array();
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const auto& [tag, value] : values) {
        const auto& of = *catalog::find_field(kUser, tag);
        if (tag >= 16)
            pairs.emplace_back(of.label.in(context.lang()),
                               cli::shown(of, value, context.lang(), titles(context)));
    }
    std::string labels;
    for (const auto& held : roles) {
        document["roles"].push_back(role_document(held));
        labels += (labels.empty() ? "" : "、") + role_label(context, held);
    }
    const Text state = active ? Text{"在职", "active"} : Text{"已停用", "not active"};
    pairs.emplace_back(context.answer.in({"状态", "State"}), state.in(context.lang()));
    pairs.emplace_back(context.answer.in({"角色", "Roles"}), labels.empty() ? "-" : labels);
    context.answer.facts(pairs);
    context.answer.document(document);
    return 0;
}

Result<int> user_disable(Context& context) {
    const auto user = find_user(context.office, context.inputs.text("login"));
    if (!user) return tl::unexpected(user.error());
    const auto id = user->as<RecordTag>();
    const auto held = context.office.store().load(kUser.tag, id).value_or(FieldValues{});
    const auto today = office_date(context.office.now());
    if (auto done = submit(context, {set_op(kUser, id, held, "active_to", today)}); !done)
        return pass(done);
    context.answer.line(
        {"已停用用户 {}：其终端仍可上传已写的内容，即刻起收不到资料，并清除已有资料",
         "user {} is disabled: his laptops may bring what was written, get nothing from now on and "
         "lose what they hold"},
        {text_in(held, field(kUser, "login"))});
    context.answer.document({{"id", to_text(id)}, {"active_to", today}});
    return 0;
}

// ---- role -----------------------------------------------------------------------------------

constexpr std::array kRoleAssign{
    Input{"user", "LOGIN", {"用户", "user"}, Give::Required},
    Input{"role", "ROLE", {"角色代码或名称", "role, by code or name"}, Give::Required},
    Input{"scope",
          "SCOPE",
          {"范围：own region dept all，默认按角色",
           "own region dept all, by default that of the role"}},
    Input{"until", "DATE", {"到期时间", "when it ends"}},
};

Result<int> role_assign(Context& context) {
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    auto op = assignment(context, user->as<RecordTag>(), context.inputs.text("role"));
    if (!op) return pass(op);
    const RecordId id = op->record;
    if (auto done = submit(context, {std::move(*op)}); !done) return pass(done);
    context.answer.line({"已任命 {} 为 {}", "{} now holds the role {}"},
                        {context.inputs.text("user"), context.inputs.text("role")});
    context.answer.document({{"id", to_text(id)}});
    return 0;
}

constexpr std::array kRoleRevoke{
    Input{"user", "LOGIN", {"用户", "user"}, Give::Required},
    Input{"role", "ROLE", {"角色代码或名称", "role, by code or name"}, Give::Required},
};

Result<int> role_revoke(Context& context) {
    if (auto allowed = may_administer(context.office, context.actor); !allowed)
        return pass(allowed);
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    const auto code = role_code(context.inputs.text("role"));
    if (!code) return tl::unexpected(code.error());
    std::vector<merge::Op> ops;
    for (const auto& [id, values, hidden] : roles_of(context, *user)) {
        if (text_in(values, field(kRoleAssignment, "role")) == *code)
            ops.push_back(set_op(kRoleAssignment, id, values, "to_at", context.office.now().ms));
    }
    if (ops.empty()) return fail(kNotHeld, context.inputs.text("user"), *code);
    const auto ended = ops.size();
    if (auto done = submit(context, std::move(ops)); !done) return pass(done);
    context.answer.line({"已解除 {} 的角色 {}", "{} no longer holds the role {}"},
                        {context.inputs.text("user"), *code});
    context.answer.document({{"ended", ended}});
    return 0;
}

constexpr std::array kRoleList{Input{"user", "LOGIN", {"只看此人", "of this user only"}}};
constexpr std::array<std::string_view, 5> kRoleColumns{"user_id", "role", "scope", "from_at",
                                                       "to_at"};

Result<int> role_list(Context& context) {
    if (!context.inputs.has("user")) {
        answer_records(context, kRoleAssignment, kRoleColumns,
                       all_records(context.office, context.asker(), kRoleAssignment));
        return 0;
    }
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    answer_records(context, kRoleAssignment, kRoleColumns, shown_roles_of(context, *user));
    return 0;
}

constexpr std::array kPeopleActions{
    Action{"user add",
           {"建立用户", "add a user"},
           "dossierd user add lijg --name 李建国 --department YQ --region HD --role salesperson",
           kUserAdd,
           Actor::Administrator,
           Runs::InUnit,
           user_add},
    Action{"user list",
           {"列出用户", "list users"},
           "dossierd user list",
           {},
           Actor::Administrator,
           Runs::InUnit,
           user_list,
           Does::Reads},
    Action{"user show",
           {"查看用户及其角色", "show a user and his roles"},
           "dossierd user show lijg",
           kOneUser,
           Actor::Administrator,
           Runs::InUnit,
           user_show,
           Does::Reads},
    Action{"user disable",
           {"停用用户", "disable a user"},
           "dossierd user disable lijg",
           kOneUser,
           Actor::Administrator,
           Runs::AtOnce,
           user_disable},
    Action{"role assign",
           {"任命角色", "give a role to a user"},
           "dossierd role assign --user hanm --role info_clerk",
           kRoleAssign,
           Actor::Administrator,
           Runs::InUnit,
           role_assign},
    Action{"role revoke",
           {"解除角色", "end a role of a user"},
           "dossierd role revoke --user hanm --role info_clerk",
           kRoleRevoke,
           Actor::Administrator,
           Runs::AtOnce,
           role_revoke},
    Action{"role list",
           {"列出任命", "list who holds which role"},
           "dossierd role list --user hanm",
           kRoleList,
           Actor::Administrator,
           Runs::InUnit,
           role_list,
           Does::Reads},
};

}  // namespace

std::span<const Action> people_actions() {
    return kPeopleActions;
}

}  // namespace dossier::server
