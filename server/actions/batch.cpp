// case batch: many cases by one rule, with a preview.
#include <array>

#include "common/action/answer.hpp"
#include "common/base/told.hpp"
#include "common/catalog/describe.hpp"
#include "common/cli/values.hpp"
#include "common/sheet/faults.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/tell_hidden.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/review/quotes.hpp"

namespace dossier::server {
namespace {

constexpr std::array kCaseBatch{
    Input{"rule",
          "RULE",
          {"newest（最新的候选）、current（保留现值）、candidate-of（某人的候选，另加 {in:of}）",
           "newest candidate, current value, or candidate-of somebody (with {in:of})"},
          Give::Required},
    Input{"of", "LOGIN", {"candidate-of 取谁的值", "whose value candidate-of takes"}},
    Input{"kind", "KIND", {"只处理此类记录", "of this kind of record only"}},
    Input{"field", "FIELD", {"只处理此字段", "of this field only"}},
    Input{"user", "LOGIN", {"只处理此人参与的", "only where this person's value competes"}},
    Input{"older-than", "DAYS", {"只处理早于几天前产生的", "only those older than so many days"}},
    Input{"dry-run", "", {"只预览", "only show what would happen"}, Give::Flag},
    Input{"reason", "TEXT", {"处理说明", "reason"}},
};

Result<BatchOrder> order_from(Context& context) {
    const auto& inputs = context.inputs;
    BatchOrder order;
    const auto& rule = inputs.text("rule");
    if (rule == "newest") {
        order.rule = BatchRule::Newest;
    } else if (rule == "candidate-of") {
        order.rule = BatchRule::CandidateOf;
    } else if (rule != "current") {
        return fail(action::kWrongUsage, named_input("rule") + " newest|current|candidate-of");
    }
    if (inputs.has("of") != (order.rule == BatchRule::CandidateOf))
        return fail(action::kWrongUsage,
                    named_input("rule") + " candidate-of, " + named_input("of"));
    for (auto [name, user] :
         {std::pair{"of", &order.author}, std::pair{"user", &order.with_candidate_of}}) {
        if (!inputs.has(name)) continue;
        const auto found = find_user(context.office, inputs.text(name));
        if (!found) return tl::unexpected(found.error());
        *user = *found;
    }
    if (inputs.has("kind")) {
        const auto* kind = catalog::find_kind(inputs.text("kind"));
        if (kind == nullptr)
            return fail(action::kWrongUsage, named_input("kind") + " " + inputs.text("kind"));
        order.kind = kind->name;
    }
    order.field = inputs.text("field");
    for (const auto* kind : catalog::kinds()) {
        const bool wanted = order.kind.empty() || kind->name == order.kind;
        const auto* of = wanted ? catalog::find_heading(*kind, order.field) : nullptr;
        if (of != nullptr) order.field = of->name;
    }
    const auto days = inputs.number("older-than", 0);
    if (!days) return tl::unexpected(days.error());
    order.older_than = std::chrono::hours(24 * *days);
    return order;
}

void print_batch(Context& context, const Batch& batch) {
    action::Table table({say(context, {"编号", "Number"}), say(context, {"客户", "Customer"}),
                         say(context, {"字段", "Field"}), say(context, {"现值", "Now"}),
                         say(context, {"结果", "Result"}), say(context, {"来自", "From"}),
                         say(context, {"说明", "Note"})});
    const auto shown = [&](const CaseView& view, const FieldValues& values) {
        return cli::shown_group(*view.kind, values, context.lang(), titles(context));
    };
    for (const BatchItem& item : batch.items) {
        table.row(
            {count(item.view.number), file_title(context.office, context.asker(), item.view.about),
             std::string(item.view.field->label.in(context.lang())),
             shown(item.view, item.view.now), shown(item.view, item.value),
             item.author.is_none() ? "-"
                                   : person_name(context.office, context.asker(), item.author),
             item.failed ? catalog::describe(*item.failed, context.lang()) : ""});
    }
    context.answer.table(std::move(table));
    context.answer.line({"影响 {} 项，其中 {} 项含证件、金额或负责人，须逐项裁决，已排除",
                         "{} cases; {} more are about identity, money or ownership and are "
                         "decided one by one"},
                        {count(batch.items.size()), count(batch.excluded.size())});
}

action::Json batch_document(const Batch& batch, bool dry) {
    action::Json document{{"dry_run", dry}, {"settled", batch.settled}};
    document["cases"] = action::Json::array();
    for (const BatchItem& item : batch.items) {
        action::Json each{{"number", item.view.number},
                          {"field", std::string(item.view.field->name)},
                          {"take", item.take},
                          {"value", cli::values_document(*item.view.kind, item.value)}};
        if (item.failed) each["failed"] = std::string(item.failed->id());
        document["cases"].push_back(std::move(each));
    }
    document["excluded"] = action::Json::array();
    for (const CaseView& view : batch.excluded) document["excluded"].push_back(view.number);
    return document;
}

Result<int> batch(Context& context) {
    constexpr int kPartial = 3;
    const auto order = order_from(context);
    if (!order) return tl::unexpected(order.error());
    const bool dry = context.inputs.has("dry-run");
    Batch done =
        dry ? preview_batch(context.office, context.actor, *order)
            : carry_out_batch(context.office, context.actor, *order, context.inputs.text("reason"));
    tell_hidden(context, hide_in(context.office, context.asker(), done));
    print_batch(context, done);
    if (!dry)
        context.answer.line({"已裁决 {} 项；可按编号逐项撤销：{do:case.undo}",
                             "{} ruled; each can be taken back by its number: {do:case.undo}"},
                            {count(done.settled)});
    context.answer.document(batch_document(done, dry));
    return dry || done.settled == done.items.size() ? 0 : kPartial;
}

constexpr std::array kBatchActions{
    Action{"case batch",
           {"按一条规则处理多个冲突，可先预览", "settle many conflicts by one rule"},
           "dossierd case batch --rule newest --field 传真 --older-than 3 --dry-run --as hanm",
           kCaseBatch,
           Actor::Named,
           Runs::InUnit,
           batch},
};

}  // namespace

std::span<const Action> batch_actions() {
    return kBatchActions;
}

}  // namespace dossier::server
