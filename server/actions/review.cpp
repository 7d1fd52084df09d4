// Cases: what waits, what each looks like, and the answers.
#include <array>

#include "common/action/answer.hpp"
#include "common/base/told.hpp"
#include "common/catalog/close.hpp"
#include "common/cli/values.hpp"
#include "common/sheet/faults.hpp"
#include "common/workflow/dispute.hpp"
#include "common/workflow/step.hpp"

#include "server/actions/ledger.hpp"
#include "server/actions/matters.hpp"
#include "server/actions/shared_inputs.hpp"
#include "server/actions/tables.hpp"
#include "server/actions/tell_hidden.hpp"
#include "server/actions/view.hpp"
#include "server/reading/find.hpp"
#include "server/review/quotes.hpp"

namespace dossier::server {
namespace {

using catalog::CaseState;

Text case_state(std::string_view state) {
    return workflow::label_of(workflow::kDispute, state);
}

/// Of a record somebody removes it is said whether it stays and what was written to it.
std::string shown(Context& context, const CaseView& view, const FieldValues& values) {
    if (view.field->tag != catalog::kDeletedAt) return shown_group(context, *view.kind, values);
    return cli::shown_removal(*view.kind, values, context.lang(), titles(context));
}

std::string disputed(Context& context, const CaseView& view) {
    if (view.field->tag == catalog::kDeletedAt) return say(context, {"是否删除", "Removal"});
    return std::string(view.field->label.in(context.lang()));
}

/// What it is about: the customer, and the record of its file.
std::string subject(Context& context, const CaseView& view) {
    const auto file = file_title(context.office, context.asker(), view.about);
    if (view.about.record == view.about.customer) return file;
    return file + "　" + std::string(view.kind->label.in(context.lang())) + " " +
           titles(context)(view.about.record);
}

// ---- case -----------------------------------------------------------------------------------

action::Json case_document(Context& context, const CaseView& view) {
    action::Json document{{"number", view.number},
                          {"class", view.conflict_class},
                          {"state", view.state},
                          {"kind", std::string(view.kind->name)},
                          {"record", to_text(view.about.record)},
                          {"title", file_title(context.office, context.asker(), view.about)},
                          {"record_title", titles(context)(view.about.record)},
                          {"field", std::string(view.field->name)},
                          {"base", cli::values_document(*view.kind, view.base)},
                          {"now", cli::values_document(*view.kind, view.now)},
                          {"candidates", action::Json::array()},
                          {"opened_at", iso_utc(view.opened_at)},
                          {"due_on", view.due_on}};
    for (const Candidate& candidate : view.candidates) {
        document["candidates"].push_back(
            {{"author", person_name(context.office, context.asker(), candidate.author)},
             {"author_id", to_text(candidate.author)},
             {"device", device_name(context.office, candidate.device)},
             {"at", iso_utc(candidate.at)},
             {"value", cli::values_document(*view.kind, candidate.value)}});
    }
    if (view.state != CaseState::kRuled) return document;
    document["resolution"] = view.resolution;
    document["resolved"] = cli::values_document(*view.kind, view.resolved);
    document["resolved_by"] = person_name(context.office, context.asker(), view.resolved_by);
    document["resolved_at"] = iso_utc(view.resolved_at);
    document["reason"] = view.reason;
    return document;
}

Result<int> case_list(Context& context) {
    auto& answer = context.answer;
    action::Table table({say(context, {"编号", "Number"}), say(context, {"客户", "Customer"}),
                         say(context, {"字段", "Field"}), say(context, {"现值", "Now"}),
                         say(context, {"候选", "Candidates"}), say(context, {"期限", "Due"}),
                         say(context, {"状态", "State"})});
    auto list = action::Json::array();
    auto views = list_cases(context.office, context.actor, which_asked(context));
    tell_hidden(context, hide_in(context.office, context.asker(), views));
    for (const CaseView& view : views) {
        list.push_back(case_document(context, view));
        table.row({std::to_string(view.number), subject(context, view), disputed(context, view),
                   shown(context, view, view.now), std::to_string(view.candidates.size()),
                   view.due_on, say(context, case_state(view.state))});
    }
    answer.table(std::move(table));
    answer.document(list);
    return 0;
}

void print_case(Context& context, const CaseView& view) {
    auto& answer = context.answer;
    std::vector<std::pair<std::string, std::string>> pairs{
        {say(context, {"冲突", "Case"}), std::to_string(view.number) + " " + view.conflict_class +
                                             " " + say(context, case_state(view.state))},
        {say(context, {"客户", "Customer"}), subject(context, view)},
        {say(context, {"字段", "Field"}), disputed(context, view)},
        {say(context, {"原值", "Base"}), shown(context, view, view.base)},
        {say(context, {"现值", "Now"}), shown(context, view, view.now)}};
    if (view.state == CaseState::kRuled) {
        pairs.emplace_back(say(context, {"裁决", "Ruling"}), shown(context, view, view.resolved));
        pairs.emplace_back(say(context, {"处理人", "By"}),
                           person_name(context.office, context.asker(), view.resolved_by) + " " +
                               office_minute(view.resolved_at));
        pairs.emplace_back(say(context, {"理由", "Reason"}), view.reason);
    }
    answer.facts(pairs);
    action::Table table({"#", say(context, {"人员", "Who"}), say(context, {"终端", "Device"}),
                         say(context, {"时间", "When"}), say(context, {"值", "Value"})});
    for (std::size_t at = 0; at < view.candidates.size(); ++at) {
        const Candidate& candidate = view.candidates[at];
        table.row({std::to_string(at + 1),
                   person_name(context.office, context.asker(), candidate.author),
                   device_name(context.office, candidate.device), office_minute(candidate.at),
                   shown(context, view, candidate.value)});
    }
    answer.plain("");
    answer.table(std::move(table));
    const auto number = std::to_string(view.number);
    if (view.state == CaseState::kRuled) {
        answer.line(
            {"\n撤销裁决：{do:case.undo} {}", "\nTo take the ruling back: {do:case.undo} {}"},
            {number});
        return;
    }
    answer.line(
        {"\n裁决：{do:case.rule} {} {in:take} 1（候选编号），或 {in:take} current（保留现值）、\n"
         "{in:take} base（退回原值）、{in:value} {}=…（另定）",
         "\nTo rule: {do:case.rule} {} {in:take} 1 (a candidate), or {in:take} current, "
         "{in:take} base,\n{in:value} {}=… (another value)"},
        {number, std::string(view.field->name)});
}

Result<int> case_show(Context& context) {
    const auto number = context.inputs.number("number", 0);
    if (!number) return tl::unexpected(number.error());
    auto found = show_case(context.office, context.actor, *number, context.purpose);
    if (!found) return pass(found);
    tell_hidden(context, hide_alone(context.office, context.asker(), *found));
    const CaseView& view = *found;
    print_case(context, view);
    context.answer.document(case_document(context, view));
    return 0;
}

constexpr std::array kRule{
    kMatterNumber,
    Input{"take",
          "WHICH",
          {"候选编号 1…n、current 或 base", "1 … n for a candidate, current or base"}},
    Input{
        "value", "FIELD=TEXT", {"另定的值，可重复", "another value, may be repeated"}, Give::Many},
    kMatterReason,
};

/// The present value with what was typed over it.
Result<FieldValues> typed_value(Context& context, const CaseView& view) {
    FieldValues values = view.now;
    for (const auto& word : context.inputs.all("value")) {
        const auto equals = word.find('=');
        const auto* of = catalog::find_heading(*view.kind, word.substr(0, equals));
        if (of == nullptr || equals == std::string::npos)
            return fail(sheet::kUnknownField, word,
                        catalog::close_fields(*view.kind, word.substr(0, equals)));
        auto value = read_value(context.office, context.asker(), *of, word.substr(equals + 1));
        if (!value) return pass(value);
        assign(values, of->tag, std::move(*value));
    }
    return values;
}

Status rule_as_told(Context& context, std::uint64_t number) {
    const auto& inputs = context.inputs;
    if (inputs.has("take") == inputs.has("value"))
        return fail(
            action::kWrongUsage,
            told(say(context, {"{in:take} 与 {in:value} 二选一", "either {in:take} or {in:value}"}),
                 {}));
    const auto& reason = inputs.text("reason");
    if (inputs.has("take"))
        return rule_case(context.office, context.actor, number, inputs.text("take"), reason);
    const auto view = show_case(context.office, context.actor, number);
    if (!view) return tl::unexpected(view.error());
    const auto value = typed_value(context, *view);
    if (!value) return tl::unexpected(value.error());
    return rule_case_with(context.office, context.actor, number, *value, reason);
}

Result<int> case_rule(Context& context) {
    return answered(
        context,
        {"冲突 {} 已裁决，下次同步时下发", "case {} is ruled; laptops hear at their next sync"},
        [&](std::uint64_t number) { return rule_as_told(context, number); });
}

Result<int> case_undo(Context& context) {
    return answered(context,
                    {"冲突 {} 的裁决已撤销，恢复为待处理",
                     "the ruling of case {} is taken back; it is open again"},
                    [&](std::uint64_t number) {
                        return undo_ruling(context.office, context.actor, number,
                                           context.inputs.text("reason"));
                    });
}

constexpr std::array kReviewActions{
    Action{"case list",
           {"列出冲突", "list conflicts"},
           "dossierd case list --as hanm",
           kMatterList,
           Actor::Named,
           Runs::InUnit,
           case_list,
           Does::Reads},
    Action{
        "case show",
        {"查看冲突：原值、现值和每个候选", "show a conflict: base, present value, every candidate"},
        "dossierd case show 12 --as hanm",
        kMatterShow,
        Actor::Named,
        Runs::InUnit,
        case_show,
        Does::Reads},
    Action{"case rule",
           {"裁决冲突", "decide a conflict"},
           "dossierd case rule 12 --take 1 --as hanm --reason 已电话核实",
           kRule,
           Actor::Named,
           Runs::InUnit,
           case_rule},
    Action{"case undo",
           {"撤销裁决", "take a ruling back"},
           "dossierd case undo 12 --as hanm",
           kMatterAnswer,
           Actor::Named,
           Runs::InUnit,
           case_undo},
};

}  // namespace

std::span<const Action> review_actions() {
    return kReviewActions;
}

}  // namespace dossier::server
