// Two customer files made one, with a preview; and taken apart again.
#include <array>

#include "common/action/answer.hpp"
#include "common/catalog/close.hpp"
#include "common/catalog/customer.hpp"
#include "common/cli/values.hpp"
#include "common/sheet/faults.hpp"
#include "common/workflow/duplicate.hpp"
#include "common/workflow/step.hpp"

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

constexpr std::array kMergeInputs{
    Input{"ABSORBED", "", {"被并入的客户", "the file that is absorbed"}, Give::Required},
    Input{"SURVIVOR", "", {"保留的客户", "the file that stays"}, Give::Required},
    Input{"take",
          "FIELD",
          {"取被并入档案的值，可重复", "take the absorbed file's value, may be repeated"},
          Give::Many},
    Input{"dry-run", "", {"只预览", "only show what would happen"}, Give::Flag},
    kMatterReason,
};

Result<std::vector<const catalog::Field*>> taken_fields(const Context& context) {
    std::vector<const catalog::Field*> fields;
    for (const auto& name : context.inputs.all("take")) {
        const auto* of = catalog::find_heading(kCustomer, name);
        if (of == nullptr)
            return fail(sheet::kUnknownField, name, catalog::close_fields(kCustomer, name));
        fields.push_back(of);
    }
    return fields;
}

Text why_text(std::string_view why) {
    if (why == "filled") return {"补空", "fills a gap"};
    return why == "united" ? Text{"并集", "united"} : Text{"选取", "taken"};
}

/// A value the acting person may not read is merged, not shown.
std::string visible(Context& context, const FieldValues& values, const RecordId& customer) {
    const auto held = context.office.store().load(kCustomer.tag, customer).value_or(FieldValues{});
    const auto shown = as_shown(context.office, context.asker(),
                                {kCustomer.tag, customer, customer}, held, values);
    return cli::shown_group(kCustomer, shown, context.lang(), titles(context));
}

action::Json counts_of(const std::map<std::string_view, std::uint64_t>& counts) {
    action::Json document = action::Json::object();
    for (const auto& [kind, number] : counts) document[std::string(kind)] = number;
    return document;
}

std::string counts_text(const Context& context,
                        const std::map<std::string_view, std::uint64_t>& counts) {
    std::string words;
    for (const auto& [kind, number] : counts) {
        words += (words.empty() ? "" : "  ") +
                 std::string(catalog::find_kind(kind)->label.in(context.lang())) + " " +
                 count(number);
    }
    return words.empty() ? "-" : words;
}

action::Json plan_document(Context& context, const MergePlan& plan) {
    auto choices = action::Json::array();
    for (const Choice& choice : plan.choices)
        choices.push_back({{"field", std::string(choice.field->name)}, {"why", choice.why}});
    return {{"absorbed", customer_number(context.office, plan.absorbed)},
            {"survivor", customer_number(context.office, plan.survivor)},
            {"choices", choices},
            {"moves", counts_of(plan.moves)},
            {"stays", counts_of(plan.stays)},
            {"owners_differ", plan.owners_differ},
            {"level", plan.level}};
}

void print_plan(Context& context, const MergePlan& plan) {
    const std::string hidden(kHidden);
    action::Table table({say(context, {"字段", "Field"}), say(context, {"保留档案", "Survivor"}),
                         say(context, {"被并入", "Absorbed"}), say(context, {"结果", "Result"}),
                         say(context, {"方式", "How"})});
    for (const Choice& choice : plan.choices) {
        // Made of both: shown where both are.
        const auto of_survivor = visible(context, choice.result, plan.survivor);
        const auto of_absorbed = visible(context, choice.result, plan.absorbed);
        const auto& result = of_survivor == of_absorbed ? of_survivor : hidden;
        table.row({std::string(choice.field->label.in(context.lang())),
                   visible(context, choice.survivor, plan.survivor),
                   visible(context, choice.absorbed, plan.absorbed), result,
                   say(context, why_text(choice.why))});
    }
    auto& answer = context.answer;
    answer.line({"{} 并入 {}", "{} into {}"},
                {customer_number(context.office, plan.absorbed) + " " +
                     title_of(context.office, context.asker(), plan.absorbed),
                 customer_number(context.office, plan.survivor) + " " +
                     title_of(context.office, context.asker(), plan.survivor)});
    if (!plan.choices.empty()) answer.table(std::move(table));
    answer.line({"转移：{}", "moves: {}"}, {counts_text(context, plan.moves)});
    if (!plan.stays.empty())
        answer.line({"保留档案已有、随被并入档案留存：{}",
                     "the survivor has its own; kept with the absorbed file: {}"},
                    {counts_text(context, plan.stays)});
    if (plan.owners_differ)
        answer.line(Text{"负责人不同：以保留档案的负责人为准，需要时用 {do:customer.transfer} 移交",
                         "the owners differ: the survivor's stays; see {do:customer.transfer}"});
    answer.line(Text{"未被选中的值保存在历史中，合并可在 90 天内撤销",
                     "values not chosen stay in the history; 90 days to take it back"});
}

Result<int> merge_files(Context& context) {
    const auto absorbed =
        find_customer(context.office, context.asker(), context.inputs.text("absorbed"));
    if (!absorbed) return tl::unexpected(absorbed.error());
    const auto survivor =
        find_customer(context.office, context.asker(), context.inputs.text("survivor"));
    if (!survivor) return tl::unexpected(survivor.error());
    const auto take = taken_fields(context);
    if (!take) return tl::unexpected(take.error());
    const auto plan = plan_merge(context.office, context.actor, *absorbed, *survivor, *take);
    if (!plan) return tl::unexpected(plan.error());
    auto document = plan_document(context, *plan);
    print_plan(context, *plan);
    const bool dry = context.inputs.has("dry-run");
    if (!dry) {
        if (auto done = carry_out_merge(context.office, context.actor, *plan,
                                        context.inputs.text("reason"));
            !done)
            return pass(done);
        const auto merges = list_merges(context.office, context.actor);
        document["number"] = merges.empty() ? 0 : merges.back().number;
        context.answer.line({"已合并，编号 {}；撤销：{do:dup.unmerge} {}",
                             "merged as number {}; to take it back: {do:dup.unmerge} {}"},
                            {document["number"].dump(), document["number"].dump()});
    }
    document["dry_run"] = dry;
    context.answer.document(document);
    return 0;
}

Result<int> unmerge(Context& context) {
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    const auto view = show_merge(context.office, context.actor, *number);
    if (!view) return tl::unexpected(view.error());
    if (auto done = take_back_merge(context.office, context.actor, view->absorbed,
                                    context.inputs.text("reason"));
        !done)
        return pass(done);
    context.answer.line({"合并 {} 已撤销；合并之后新增的内容留在保留的档案中",
                         "merge {} is taken back; what was added since stays with the survivor"},
                        {count(*number)});
    context.answer.document({{"number", *number}, {"undone", true}});
    return 0;
}

Result<int> merges(Context& context) {
    action::Table table({say(context, {"编号", "Number"}), say(context, {"被并入", "Absorbed"}),
                         say(context, {"保留", "Survivor"}), say(context, {"转移", "Moved"}),
                         say(context, {"合并人", "By"}), say(context, {"时间", "When"}),
                         say(context, {"可撤至", "Undo until"}), say(context, {"状态", "State"})});
    auto document = action::Json::array();
    for (const MergeView& view : list_merges(context.office, context.actor)) {
        document.push_back({{"number", view.number},
                            {"absorbed", customer_number(context.office, view.absorbed)},
                            {"survivor", customer_number(context.office, view.survivor)},
                            {"moved", view.moved},
                            {"merged_at", iso_utc(view.merged_at)},
                            {"undo_until", iso_utc(view.undo_until)},
                            {"state", view.state},
                            {"reason", view.reason}});
        table.row({count(view.number), customer_number(context.office, view.absorbed),
                   customer_number(context.office, view.survivor), count(view.moved),
                   person_name(context.office, context.asker(), view.merged_by),
                   office_minute(view.merged_at), office_minute(view.undo_until),
                   say(context, workflow::label_of(workflow::kMerging, view.state))});
    }
    context.answer.table(std::move(table));
    context.answer.document(document);
    return 0;
}

constexpr std::array kMergeActions{
    Action{"dup merge",
           {"把一个客户并入另一个", "merge one customer into another"},
           "dossierd dup merge KH-HD-2026-000138-2 KH-HD-2026-000137-4 --take 传真 --as hanm "
           "--reason 同一家",
           kMergeInputs,
           Actor::Named,
           Runs::InUnit,
           merge_files},
    Action{"dup unmerge",
           {"撤销合并（90 天内）", "take a merge back (within 90 days)"},
           "dossierd dup unmerge 2 --as zhengh --reason 实为两家",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           unmerge},
    Action{"dup merges",
           {"列出做过的合并", "list the merges made"},
           "dossierd dup merges --as hanm",
           {},
           Actor::Named,
           Runs::InUnit,
           merges,
           Does::Reads},
};

}  // namespace

std::span<const Action> merge_actions() {
    return kMergeActions;
}

}  // namespace dossier::server
