// Possible duplicates: found, shown side by side, proposed for a merge, or told apart.
#include "common/workflow/duplicate.hpp"

#include <algorithm>
#include <array>

#include "common/access/matrix.hpp"
#include "common/action/answer.hpp"
#include "common/catalog/customer.hpp"
#include "common/cli/values.hpp"
#include "common/workflow/step.hpp"

#include "server/accounts/devices.hpp"
#include "server/actions/ledger.hpp"
#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/reading/view.hpp"
#include "server/review/duplicates.hpp"

namespace dossier::server {
namespace {

using catalog::kCustomer;

Text pair_state(std::string_view state) {
    return workflow::label_of(workflow::kDuplicatePair, state);
}

std::string matched(const Context& context, const PairView& view) {
    std::string words;
    for (const auto& each : view.matched_on)
        words += (words.empty() ? "" : "; ") + say(context, rules::reason_text(each));
    return words;
}

std::string owner_of(Context& context, const RecordId& customer) {
    const auto values =
        context.office.store().load(kCustomer.tag, customer).value_or(FieldValues{});
    const bool told = sight_of(context.office, context.asker(), {kCustomer.tag, customer, customer},
                               values, Facet::Directory)
                          .in_clear();
    const auto owner = record_in(values, catalog::field(kCustomer, "owner_user_id"));
    return owner.is_none() || !told
               ? "-"
               : person_name(context.office, context.asker(), owner.as<UserTag>());
}

action::Json pair_document(Context& context, const PairView& view) {
    const auto file = [&](const RecordId& id) {
        return action::Json{{"id", to_text(id)},
                            {"number", customer_number(context.office, id)},
                            {"name", title_of(context.office, context.asker(), id)},
                            {"owner", owner_of(context, id)}};
    };
    return {{"number", view.number},
            {"score", view.score},
            {"state", view.state},
            {"matched_on", view.matched_on},
            {"a", file(view.a)},
            {"b", file(view.b)},
            {"found_at", iso_utc(view.found_at)},
            {"reason", view.reason}};
}

// ---- scan, list, show -----------------------------------------------------------------------

bool unites_files(const Context& context) {
    const auto& roles = context.viewer().roles;
    return std::any_of(roles.begin(), roles.end(), [](const access::Held& held) {
        return access::cell_of(held.role, access::Operation::MergeFiles) == access::Cell::Yes;
    });
}

/// Everybody hears of pairs he may know of: with more he could try which values the files hidden
/// from him have, and a number of files tells that there are some.
void tell_scan(Context& context, const ScanResult& result) {
    const auto found = pairs_known(context.office, context.actor, result.found);
    const auto changed = pairs_known(context.office, context.actor, result.changed);
    context.answer.line({"查重完成；您可处理的：新增 {} 对，更新 {} 对",
                         "scanned; of pairs that are yours to decide: {} new, {} changed"},
                        {count(found), count(changed)});
    context.answer.document({{"found", found}, {"changed", changed}});
}

Result<int> scan(Context& context) {
    const auto allowed =
        unites_files(context) ? Status{} : may_administer(context.office, context.actor);
    if (!allowed) return tl::unexpected(allowed.error());
    const auto result = scan_duplicates(context.office);
    if (!result) return tl::unexpected(result.error());
    tell_scan(context, *result);
    return 0;
}

Result<int> duplicate_list(Context& context) {
    const auto which = context.inputs.has("all") ? Which::All : Which::Open;
    action::Table table({say(context, {"编号", "Number"}), say(context, {"得分", "Score"}),
                         say(context, {"甲", "One"}), say(context, {"负责人", "Owner"}),
                         say(context, {"乙", "Other"}), say(context, {"负责人", "Owner"}),
                         say(context, {"依据", "Matched on"}), say(context, {"状态", "State"})});
    auto document = action::Json::array();
    for (const PairView& view : list_pairs(context.office, context.actor, which)) {
        document.push_back(pair_document(context, view));
        table.row({count(view.number), std::to_string(view.score / 100),
                   customer_number(context.office, view.a) + " " +
                       title_of(context.office, context.asker(), view.a),
                   owner_of(context, view.a),
                   customer_number(context.office, view.b) + " " +
                       title_of(context.office, context.asker(), view.b),
                   owner_of(context, view.b), matched(context, view),
                   say(context, pair_state(view.state))});
    }
    context.answer.table(std::move(table));
    context.answer.document(document);
    return 0;
}

/// What the acting person may see of a customer, shown side by side with another.
Result<int> duplicate_show(Context& context) {
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    const auto view = show_pair(context.office, context.actor, *number);
    if (!view) return tl::unexpected(view.error());
    const auto a =
        read_record(context.office, context.asker(), {kCustomer.tag, view->a, view->a}, "compare");
    if (!a) return tl::unexpected(a.error());
    const auto b =
        read_record(context.office, context.asker(), {kCustomer.tag, view->b, view->b}, "compare");
    if (!b) return tl::unexpected(b.error());
    action::Table table(
        {say(context, {"字段", "Field"}),
         say(context, {"甲 ", "One "}) + customer_number(context.office, view->a),
         say(context, {"乙 ", "Other "}) + customer_number(context.office, view->b)});
    auto document = pair_document(context, *view);
    auto differences = action::Json::array();
    std::size_t equal = 0;
    for (const auto* of : catalog::all_fields(kCustomer)) {
        const Value* one = find(a->values, of->tag);
        const Value* other = find(b->values, of->tag);
        const Value left = one == nullptr ? Value{} : *one;
        const Value right = other == nullptr ? Value{} : *other;
        if (of->tag < 16 || (is_empty(left) && is_empty(right))) continue;
        equal += left == right ? 1U : 0U;
        if (left == right) continue;
        const auto shown = [&](const Value& value) {
            return cli::shown(*of, value, context.lang(), titles(context));
        };
        table.row({std::string(of->label.in(context.lang())), shown(left), shown(right)});
        differences.push_back(std::string(of->name));
    }
    document["differences"] = differences;
    context.answer.plain(count(view->number) + "  " + std::to_string(view->score / 100) + "  " +
                         matched(context, *view) + "  " + say(context, pair_state(view->state)) +
                         "\n");
    context.answer.table(std::move(table));
    context.answer.line(
        {"相同 {} 项。合并：{do:dup.merge}，先写被并入的，再写保留的；"
         "不是重复：{do:dup.not-dup} {}",
         "{} fields are the same. To merge: {do:dup.merge}, the absorbed file first, then the "
         "survivor; if they are two: {do:dup.not-dup} {}"},
        {count(equal), count(*number)});
    context.answer.document(document);
    return 0;
}

Result<int> decided(Context& context, std::string_view event, const Text& words) {
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    if (auto done = decide_pair(context.office, context.actor, *number, event,
                                context.inputs.text("reason"));
        !done)
        return pass(done);
    context.answer.line(words, {count(*number)});
    context.answer.document({{"number", *number}, {"decided", std::string(event)}});
    return 0;
}

Result<int> not_dup(Context& context) {
    return decided(context, "not_duplicate",
                   {"第 {} 对不是重复，资料变化前不再提示",
                    "pair {} are two customers; it comes up again only when they look more alike"});
}
Result<int> related(Context& context) {
    return decided(context, "related", {"第 {} 对记为关联客户", "pair {} is noted as related"});
}
Result<int> propose(Context& context) {
    return decided(context, "propose",
                   {"第 {} 对已提议合并，等待批准", "the merge of pair {} is proposed"});
}

constexpr std::array kDuplicateActions{
    Action{"dup scan",
           {"查找疑似重复的客户", "look for customers that may be one"},
           "dossierd dup scan",
           {},
           Actor::Administrator,
           Runs::InUnit,
           scan},
    Action{"dup list",
           {"列出疑似重复", "list possible duplicates"},
           "dossierd dup list --as hanm",
           kMatterList,
           Actor::Named,
           Runs::InUnit,
           duplicate_list,
           Does::Reads},
    Action{"dup show",
           {"并排查看一对客户的差异", "show how two customers differ"},
           "dossierd dup show 3 --as hanm",
           kMatterShow,
           Actor::Named,
           Runs::InUnit,
           duplicate_show,
           Does::Reads},
    Action{"dup propose",
           {"提议合并（机密以上档案需要）", "propose a merge (needed from level 2 on)"},
           "dossierd dup propose 3 --as hanm",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           propose},
    Action{"dup not-dup",
           {"记为不是重复", "say that they are two"},
           "dossierd dup not-dup 3 --as hanm --reason 不同院区",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           not_dup},
    Action{"dup related",
           {"记为关联客户", "say that they are two that have to do with each other"},
           "dossierd dup related 3 --as hanm",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           related},
};

}  // namespace

std::span<const Action> duplicate_actions() {
    return kDuplicateActions;
}

}  // namespace dossier::server
