// access as-of: what somebody could see and do at an earlier time.
#include "server/reading/past.hpp"

#include <array>
#include <map>

#include "common/access/rules.hpp"
#include "common/action/answer.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "server/accounts/devices.hpp"
#include "server/actions/ledger.hpp"
#include "server/actions/names.hpp"
#include "server/actions/tables.hpp"
#include "server/reading/find.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using access::Operation;
using catalog::field;
using catalog::kCustomer;

constexpr std::array kInputs{
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
    if (!at) return fail(action::kWrongUsage, "DATE " + text);
    return text.size() == 10 ? at->plus(std::chrono::hours(24) - std::chrono::milliseconds(1))
                             : *at;
}

/// Who reads the audit, or keeps the people. Errors: access.denied.
Status may_ask(Context& context) {
    const auto reading = access::decide(context.viewer(), Operation::ReadAudit, {}, Facet::Main,
                                        {.now = context.office.now()});
    if (reading.answer == Answer::Allow) return access::permit(reading, context.purpose);
    return may_administer(context.office, context.actor);
}

/// How many files of each region and level the person could read, read masked, or change.
struct Count {
    std::uint64_t files = 0;
    std::uint64_t reads = 0;
    std::uint64_t masked = 0;
    std::uint64_t edits = 0;
};
using Counts = std::map<std::pair<std::string, std::int64_t>, Count>;

Counts count_files(Context& context, const access::Viewer& viewer, Instant at) {
    constexpr std::size_t kPage = 500;
    using catalog::kSecrecyLevel;
    auto& store = context.office.store();
    Counts counts;
    for (auto page = store.list(kCustomer.tag, {}, kPage); !page.empty();
         page = store.list(kCustomer.tag, page.back(), kPage)) {
        for (const RecordId& id : page) {
            const auto then = values_at(store, id, at);
            if (!then || is_gone(*then)) continue;
            const auto subject = context.office.people().subject({kCustomer.tag, id, id}, *then);
            const auto answer = [&](Operation operation) {
                return access::decide(viewer, operation, subject, Facet::Main, {.now = at}).answer;
            };
            const auto region = record_in(*then, catalog::field(kCustomer, "region_id"));
            const Value* level = find(*then, kSecrecyLevel);
            Count& count =
                counts[{region.is_none() ? "-" : title_of(context.office, context.asker(), region),
                        level == nullptr ? 0 : as_number(*level).value_or(0)}];
            ++count.files;
            count.reads += answer(Operation::View) == Answer::Allow ? 1U : 0U;
            count.masked += answer(Operation::View) == Answer::Mask ? 1U : 0U;
            count.edits += answer(Operation::EditPlain) == Answer::Allow ? 1U : 0U;
        }
    }
    return counts;
}

action::Json print_counts(Context& context, const Counts& counts) {
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

action::Json print_customer(Context& context,
                            const access::Viewer& viewer,
                            const RecordId& id,
                            const FieldValues& then,
                            Instant at) {
    const auto subject = context.office.people().subject({kCustomer.tag, id, id}, then);
    action::Table table({say(context, {"部分", "Part"}), say(context, {"操作", "Operation"}),
                         say(context, {"结论", "Answer"})});
    auto list = action::Json::array();
    for (const Facet facet : catalog::facets_of(kCustomer)) {
        action::Json part{{"facet", std::string(facet_label(facet).en)}};
        for (const auto& [word, label, operation] : kAsked) {
            const auto decision = access::decide(viewer, operation, subject, facet, {.now = at});
            const auto words = access::explain(decision, context.lang());
            part[std::string(word)] = {{"rule", std::string(decision.rule)}, {"answer", words}};
            table.row({say(context, facet_label(facet)), say(context, label), words});
        }
        list.push_back(std::move(part));
    }
    const auto owner = record_in(then, catalog::field(kCustomer, "owner_user_id"));
    context.answer.line(
        {"当时负责人：{}", "owner then: {}"},
        {owner.is_none() ? "-"
                         : person_name(context.office, context.asker(), owner.as<UserTag>())});
    context.answer.table(std::move(table));
    return list;
}

std::string roles_of(const Context& context, const access::Viewer& viewer) {
    std::string words;
    for (const auto& held : viewer.roles) {
        const auto code = access::facts(held.role).code;
        words += (words.empty() ? "" : ", ") + std::string(code);
    }
    return words.empty() ? say(context, {"无", "none"}) : words;
}

Result<int> as_of(Context& context) {
    if (auto allowed = may_ask(context); !allowed) return pass(allowed);
    const auto at = asked_time(context);
    if (!at) return tl::unexpected(at.error());
    const auto user = find_user(context.office, context.inputs.text("user"));
    if (!user) return tl::unexpected(user.error());
    std::optional<RecordId> customer;
    if (context.inputs.has("customer")) {
        auto found =
            find_customer(context.office, context.asker(), context.inputs.text("customer"));
        if (!found) return pass(found);
        customer = *found;
    }
    const auto then = customer ? values_at(context.office.store(), *customer, *at) : std::nullopt;
    if (customer && !then) {
        context.answer.line(Text{"当时还没有这个客户", "the customer did not exist then"});
        context.answer.document({{"existed", false}});
        return 0;
    }
    action::Json document;
    in_the_past(context.office, *at, [&] {
        const auto viewer = context.office.people().viewer(*user, *at);
        context.answer.line(
            {"{} 于 {}：{}；角色 {}；涉密等级 {}；授权 {} 项",
             "{} at {}: {}; roles {}; clearance {}; {} grants in force"},
            {person_name(context.office, context.asker(), *user), office_minute(*at),
             say(context, viewer.active ? Text{"在职", "active"} : Text{"未在职", "not active"}),
             roles_of(context, viewer),
             catalog::display(field(catalog::kUser, "clearance"),
                              Value{std::int64_t{viewer.clearance}}, context.lang()),
             count(viewer.grants.size())});
        document = {{"at", iso_utc(*at)},
                    {"active", viewer.active},
                    {"roles", roles_of(context, viewer)},
                    {"clearance", viewer.clearance},
                    {"grants", viewer.grants.size()}};
        document[customer ? "parts" : "counts"] =
            customer ? print_customer(context, viewer, *customer, *then, *at)
                     : print_counts(context, count_files(context, viewer, *at));
    });
    note_read(context.office, context.asker(), "as_of",
              {kCustomer.tag, customer.value_or(RecordId{}), {}}, true);
    context.answer.line(
        Text{"按流水推算：以办公室当时已收到的任命、授权、归属为准，用现行规则判断；\n"
             "终端当时是否已下发见 session list；联系人、沟通记录随其客户",
             "derived from the journal: appointments, grants and ownership the office had received "
             "by\nthen, under the rules of today; what a laptop held then is not recomputed; "
             "contacts and\ncommunications follow their customer"});
    context.answer.document(document);
    return 0;
}

constexpr std::array kActions{
    Action{"access as-of",
           {"某人在某日能看什么、能做什么", "what somebody could see and do on a day"},
           "dossierd access as-of 2026-03-02 --user lijg --customer 精密 --as sunli "
           "--purpose 内部核查",
           kInputs,
           Actor::Administrator,
           Runs::InUnit,
           as_of},
};

}  // namespace

std::span<const Action> past_actions() {
    return kActions;
}

}  // namespace dossier::server
