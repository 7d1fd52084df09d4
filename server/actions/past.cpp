// access as-of: what somebody could see and do at an earlier time.
#include "server/reading/past.hpp"

#include <array>

#include "common/action/answer.hpp"
#include "common/base/told.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/names.hpp"
#include "server/actions/rights.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::field;

constexpr std::array kAccessAsOf{
    Input{"DATE",
          "",
          {"日期（当日 24 时）或时间，例如 2026-03-02", "a date (its end) or a time: 2026-03-02"},
          Give::Required},
    Input{"user", "LOGIN", {"谁", "who"}, Give::Required},
    Input{"customer", "CUSTOMER", {"只问这个客户", "of this customer only"}},
};

/// A date means all of that day. Errors: cli.usage.
Result<Instant> asked_time(Context& context) {
    const auto& text = context.inputs.text("date");
    auto at = instant_from(text.size() == 10 ? text + " 00:00" : text);
    if (!at) return fail(action::kWrongUsage, named_input("DATE") + " " + text);
    return text.size() == 10 ? at->plus(std::chrono::hours(24) - std::chrono::milliseconds(1))
                             : *at;
}

action::Json print_counts(Context& context, const FileCounts& counts) {
    action::Table table({say(context, {"区域", "Region"}), say(context, {"密级", "Level"}),
                         say(context, {"档案", "Files"}), say(context, {"可查阅", "Readable"}),
                         say(context, {"遮盖", "Masked"}), say(context, {"可修改", "Editable"})});
    auto list = action::Json::array();
    for (const auto& [key, each] : counts) {
        table.row({key.first, std::to_string(key.second), count(each.files), count(each.reads),
                   count(each.masked), count(each.edits)});
        list.push_back({{"region", key.first},
                        {"level", key.second},
                        {"files", each.files},
                        {"readable", each.reads},
                        {"masked", each.masked},
                        {"editable", each.edits}});
    }
    context.answer.table(std::move(table));
    return list;
}

action::Json print_customer(Context& context, const PastRights& past) {
    action::Table table({say(context, {"部分", "Part"}), say(context, {"操作", "Operation"}),
                         say(context, {"结论", "Answer"})});
    auto list = action::Json::array();
    for (const FacetRights& rights : past.parts)
        list.push_back(tell_rights(context, rights, table));
    context.answer.line({"当时负责人：{}", "owner then: {}"}, {past.owner});
    context.answer.table(std::move(table));
    return list;
}

/// By their codes in a document, else as people call them.
std::string roles_of(const access::Viewer& viewer, std::optional<Lang> lang = std::nullopt) {
    std::string words;
    for (const auto& held : viewer.roles) {
        const auto& facts = access::facts(held.role);
        words += words.empty() ? "" : lang == Lang::Zh ? "、" : ", ";
        words += lang ? facts.label.in(*lang) : facts.code;
    }
    if (!words.empty()) return words;
    return std::string(Text{"无", "none"}.in(lang.value_or(Lang::En)));
}

Result<int> as_of(Context& context) {
    if (auto allowed = may_ask_past(context.office, context.asker()); !allowed)
        return pass(allowed);
    const auto at = asked_time(context);
    if (!at) return tl::unexpected(at.error());
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    RecordId customer;
    if (context.inputs.has("customer")) {
        auto found =
            find_customer(context.office, context.asker(), context.inputs.text("customer"));
        if (!found) return pass(found);
        customer = *found;
    }
    const auto past =
        rights_at(context.office, context.asker(), *user, customer, *at, asked_operations());
    if (!past) return tl::unexpected(past.error());
    if (!*past) {
        context.answer.line(Text{"当时还没有这个客户", "the customer did not exist then"});
        context.answer.document({{"existed", false}});
        return 0;
    }
    const auto& viewer = (*past)->viewer;
    context.answer.line(
        {"{} 于 {}：{}；角色 {}；涉密等级 {}；授权 {} 项",
         "{} at {}: {}; roles {}; clearance {}; {} grants in force"},
        {(*past)->name, office_minute(*at),
         say(context, viewer.active ? Text{"在职", "active"} : Text{"未在职", "not active"}),
         roles_of(viewer, context.lang()),
         catalog::display(field(catalog::kUser, "clearance"), Value{std::int64_t{viewer.clearance}},
                          context.lang()),
         count(viewer.grants.size())});
    action::Json document{{"at", iso_utc(*at)},
                          {"active", viewer.active},
                          {"roles", roles_of(viewer)},
                          {"clearance", viewer.clearance},
                          {"grants", viewer.grants.size()}};
    document[customer.is_none() ? "counts" : "parts"] = customer.is_none()
                                                            ? print_counts(context, (*past)->counts)
                                                            : print_customer(context, **past);
    context.answer.line(
        Text{"按流水推算：以办公室当时已收到的任命、授权、归属为准，用现行规则判断；\n"
             "终端当时是否已下发见 {do:session.list}；联系人、沟通记录随其客户",
             "derived from the journal: appointments, grants and ownership the office had received "
             "by\nthen, under the rules of today; what a laptop had synced by then is in "
             "{do:session.list};\ncontacts and communications follow their customer"});
    context.answer.document(document);
    return 0;
}

constexpr std::array kPastActions{
    Action{"access as-of",
           {"某人在某日能看什么、能做什么", "what somebody could see and do on a day"},
           "dossierd access as-of 2026-03-02 --user lijg --customer 精密 --as sunli "
           "--purpose 内部核查",
           kAccessAsOf,
           Actor::Administrator,
           Runs::InUnit,
           as_of,
           Does::Reads},
};

}  // namespace

std::span<const Action> past_actions() {
    return kPastActions;
}

}  // namespace dossier::server
