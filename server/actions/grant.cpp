// Grants of access, and the explanation of why somebody may or may not.
#include <array>

#include "common/access/faults.hpp"
#include "common/base/told.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"

#include "server/actions/names.hpp"
#include "server/actions/rights.hpp"
#include "server/actions/submit.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/intake/grants.hpp"
#include "server/reading/explanation.hpp"
#include "server/reading/find.hpp"
#include "server/reading/grants.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAccessGrant;

inline constexpr Fault kGrantPurpose{
    "grant.purpose",
    ErrorCode::Usage,
    {"须说明授权目的（至少四个字）", "a grant needs a purpose of at least 4 characters"},
    {"加 {in:purpose}", "add {in:purpose}"}};
inline constexpr Fault kGrantLimits{
    "grant.limits",
    ErrorCode::Denied,
    {"离线授权最多 7 天、20 个客户", "an offline grant covers at most 7 days and 20 customers"},
    {"缩短期限或分批授权", "shorten it or make several"}};
inline constexpr Fault kUnknownGrant{"grant.unknown",
                                     ErrorCode::NotFound,
                                     {"没有授权 {}", "there is no grant {}"},
                                     {"用 {do:grant.list} 查看", "see {do:grant.list}"}};

constexpr std::uint64_t kDaysMax = 366;

constexpr std::array kGrantAdd{
    Input{"user", "LOGIN", {"授权给谁", "to whom"}, Give::Required},
    Input{
        "customer", "CUSTOMER", {"客户，可重复", "customer, may be repeated"}, Give::SomeRequired},
    Input{"level", "0-3", {"最高密级，默认 1", "highest level, by default 1"}},
    Input{"ops",
          "OPS",
          {"view edit print export offline，逗号分隔，默认 view",
           "view edit print export offline, by comma; by default view"}},
    Input{"days", "N", {"天数，默认 7", "days, by default 7"}},
    Input{"reason", "TEXT", {"理由", "reason"}},
};

Result<std::vector<std::string>> customers_of(Context& context) {
    std::vector<std::string> ids;
    for (const auto& name : context.inputs.all("customer")) {
        const auto id = find_customer(context.office, context.asker(), name);
        if (!id) return tl::unexpected(id.error());
        ids.push_back("\"" + to_text(*id) + "\"");
    }
    return ids;
}

Result<int> grant_add(Context& context) {
    const auto purpose = canonical_text(context.purpose);
    if (!purpose || character_count(*purpose) < 4) return fail(kGrantPurpose);
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    const auto customers = customers_of(context);
    if (!customers) return tl::unexpected(customers.error());
    const auto days = context.inputs.number("days", 7);
    if (!days || *days == 0 || *days > kDaysMax)
        return fail(action::kWrongUsage, named_input("days") + " 1 … 366");
    std::string ops = context.inputs.has("ops") ? context.inputs.text("ops") : "view";
    for (char& c : ops) c = c == ',' ? ';' : c;
    const bool offline = ops.find("offline") != std::string::npos;
    if (offline && (std::chrono::hours(24 * *days) > kOfflineGrantMax ||
                    customers->size() > kOfflineGrantCustomersMax))
        return fail(kGrantLimits);
    auto draft = new_draft(context, kAccessGrant);
    draft.give("grantee_user_id", user->as<RecordTag>());
    draft.give("scope_kind", std::string(customers->size() == 1 ? "customer" : "set"));
    draft.give("scope_ids", catalog::from_elements(field(kAccessGrant, "scope_ids"), *customers));
    draft.give("purpose", *purpose);
    const Instant from = context.office.now();
    const Instant to = from.plus(std::chrono::hours(24 * static_cast<std::int64_t>(*days)));
    draft.give("from_at", from.ms);
    draft.give("to_at", to.ms);
    if (auto read = draft.read(context, "ops", ops); !read) return pass(read);
    const auto& level = context.inputs.has("level") ? context.inputs.text("level") : "1";
    if (auto read = draft.read(context, "max_level", level); !read) return pass(read);
    if (auto done = submit(context, {draft.op()}); !done) return pass(done);
    context.answer.line({"已授权 {} 至 {}（{}）", "{} has access until {} ({})"},
                        {context.inputs.text("user"), office_minute(to), to_text(draft.id)});
    context.answer.document({{"id", to_text(draft.id)}, {"to_at", iso_utc(to)}});
    return 0;
}

constexpr std::array kGrantRevoke{
    Input{"GRANT",
          "",
          {"授权的编号（UUID，见 {do:grant.list}）", "id of the grant, see {do:grant.list}"},
          Give::Required},
    Input{"reason", "TEXT", {"理由", "reason"}},
};

Result<int> grant_revoke(Context& context) {
    const auto& text = context.inputs.text("grant");
    const auto id = id_from<RecordId>(text);
    const auto place = id ? context.office.store().place(*id) : std::nullopt;
    const auto* kind = place ? catalog::find_kind(place->kind) : nullptr;
    if (kind == nullptr || kind->made_by != catalog::MadeBy::Access)
        return fail(kUnknownGrant, text);
    const auto right = right_to_grant(context.office, context.asker(), *id);
    if (right == GrantRight::None) return fail(kUnknownGrant, text);
    if (right != GrantRight::Manages) return fail(access::kFaultDenied);
    if (auto done = submit(context, {event_op(kAccessGrant, *id, "revoke")}); !done)
        return pass(done);
    context.answer.line({"已撤销授权 {}，即刻生效", "grant {} is revoked from now on"}, {text});
    context.answer.document({{"id", text}, {"revoked", true}});
    return 0;
}

Result<int> grant_list(Context& context) {
    const auto grants = known_grants(context.office, context.asker());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table({say({"授权", "Grant"}), say({"被授权人", "Grantee"}),
                         say({"范围", "Scope"}), say({"密级", "Level"}),
                         say({"操作", "Operations"}), say({"到期", "Until"}),
                         say({"撤销", "Revoked"})});
    for (const auto& [id, grant, hidden] : grants) {
        const auto cell = [&, &values = grant](std::string_view name) {
            const auto* of = catalog::find_field(kAccessGrant, name);
            const Value* value = find(values, of->tag);
            return cli::shown(*of, value == nullptr ? Value{} : *value, answer.lang,
                              titles(context));
        };
        table.row({to_text(id), cell("grantee_user_id"), cell("scope_ids"), cell("max_level"),
                   cell("ops"), cell("to_at"), cell("revoked_at")});
    }
    answer.table(std::move(table));
    answer.document(records_document(kAccessGrant, grants));
    return 0;
}

// ---- explain --------------------------------------------------------------------------------

constexpr std::array kExplain{
    Input{"user", "LOGIN", {"谁", "who"}, Give::Required},
    Input{"customer", "CUSTOMER", {"哪个客户", "which customer"}, Give::Required},
};

Result<int> explain(Context& context) {
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    const auto id = find_customer(context.office, context.asker(), context.inputs.text("customer"));
    if (!id) return tl::unexpected(id.error());
    auto& answer = context.answer;
    const auto say = [&](const Text& text) { return std::string(answer.in(text)); };
    action::Table table(
        {say({"部分", "Part"}), say({"操作", "Operation"}), say({"结论", "Answer"})});
    auto list = action::Json::array();
    const auto all =
        explain_rights(context.office, context.asker(), *user, *id, asked_operations());
    for (const FacetRights& rights : all) {
        const Text label = facet_label(rights.facet);
        auto part = tell_rights(context, rights, table);
        std::string joined;
        for (const auto& scope : rights.offline_scopes)
            joined += (joined.empty() ? "" : " ") + scope;
        part["offline_scopes"] = rights.offline_scopes;
        table.row({say(label), say({"离线", "offline"}),
                   joined.empty() ? say({"不在其终端上", "not on his laptop"}) : joined});
        list.push_back(std::move(part));
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

constexpr std::array kGrantActions{
    Action{"grant add",
           {"授权查阅（限期）", "give access for a time"},
           "dossierd grant add --user lijg --customer 精密仪器 --ops view,offline --level 2 "
           "--days 5 --purpose 展会拜访 --as zhangw",
           kGrantAdd,
           Actor::Named,
           Runs::InUnit,
           grant_add},
    Action{"grant revoke",
           {"撤销授权", "take a grant back"},
           "dossierd grant revoke 0190a0b0-1111-7000-8000-000000000000 --as zhangw",
           kGrantRevoke,
           Actor::Named,
           Runs::AtOnce,
           grant_revoke},
    Action{"grant list",
           {"列出授权", "list grants"},
           "dossierd grant list --as zhangw",
           {},
           Actor::Named,
           Runs::InUnit,
           grant_list,
           Does::Reads},
    Action{"access explain",
           {"说明某人对某客户的权限及依据", "say what somebody may do with a customer, and why"},
           "dossierd access explain --user lijg --customer 精密仪器 --as hanm",
           kExplain,
           Actor::Named,
           Runs::InUnit,
           explain,
           Does::Reads},
};

}  // namespace

std::span<const Action> grant_actions() {
    return kGrantActions;
}

}  // namespace dossier::server
