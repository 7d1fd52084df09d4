#include "common/workflow/step.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/task.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::workflow {
namespace {

bool is_from(const Step& step, std::string_view state) {
    return std::ranges::find(step.from, state) != step.from.end();
}

/// The word by which a value of the state field is compared with the codes of the table.
std::string word_of(const Value& value) {
    if (const auto* text = as_text(value)) return *text;
    const auto number = as_number(value);
    return number ? std::to_string(*number) : std::string();
}

}  // namespace

std::string called(const Machine& machine, const FieldValues& values) {
    std::string_view rest = machine.called_by;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('|'), rest.size());
        const auto* of = catalog::find_field(*machine.kind, rest.substr(0, end));
        const Value* value = of == nullptr ? nullptr : find(values, of->tag);
        if (value != nullptr && !is_empty(*value)) return word_of(*value);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return pair_of(machine.kind->label);
}

namespace {

/// Why none of the rows of the event is taken in this state.
Error why_none(const Machine& machine,
               const std::vector<const Step*>& rows,
               const State& state,
               const FieldValues& values,
               const FieldValues& given) {
    for (const Step* row : rows) {
        if (!is_from(*row, state.code) || row->chosen_by.empty()) continue;
        const auto* of = catalog::find_field(*machine.kind, row->chosen_by);
        const Value* value = find(given, of->tag);
        if (value == nullptr || is_empty(*value))
            return {&merge::kMissingInput, {pair_of(of->label)}};
        if (const auto valid = catalog::validate(*of, *value, Instant{}); !valid)
            return valid.error();
    }
    const bool there = std::ranges::any_of(
        rows, [&](const Step* row) { return row->to == state.code && !row->to.empty(); });
    if (there || state.is_decided || state.is_final)
        return {&merge::kSettled, {called(machine, values)}};
    return {&merge::kOutOfTurn, {pair_of(label_of(machine, state))}};
}

}  // namespace

bool concerns(const Machine& machine, const FieldValues& values) {
    return machine.only_when.empty() || catalog::says_so(*machine.kind, machine.only_when, values);
}

const State* state_of(const Machine& machine, const FieldValues& values) {
    const auto* of = catalog::find_field(*machine.kind, machine.state_field);
    const Value* value = find(values, of->tag);
    const bool none = value == nullptr || is_empty(*value);
    if (none) return &machine.states.front();
    if (of->type == catalog::Type::Time) return &machine.states.back();
    const auto at = std::ranges::find(machine.states, word_of(*value), &State::code);
    return at == machine.states.end() ? nullptr : &*at;
}

Text label_of(const Machine& machine, const State& state) {
    return label_of(machine, state.code);
}

Text label_of(const Machine& machine, std::string_view code) {
    const auto state = std::ranges::find(machine.states, code, &State::code);
    if (state != machine.states.end() && !state->label.zh.empty()) return state->label;
    const auto* of = catalog::find_field(*machine.kind, machine.state_field);
    const auto at = std::ranges::find(of->choices, code, &catalog::Choice::code);
    return at == of->choices.end() ? Text{code, code} : at->label;
}

std::vector<const Step*> steps_from(const Machine& machine, std::string_view state) {
    std::vector<const Step*> rows;
    for (const Step& step : machine.steps) {
        if (is_from(step, state)) rows.push_back(&step);
    }
    return rows;
}

std::vector<const Step*> steps_of(const Machine& machine, std::string_view event) {
    std::vector<const Step*> rows;
    for (const Step& step : machine.steps) {
        if (step.event == event) rows.push_back(&step);
    }
    return rows;
}

std::vector<const Step*> reasoned_steps_to(const Machine& machine, std::string_view state) {
    std::vector<const Step*> rows;
    for (const Step& step : machine.steps) {
        if (step.to == state && step.says_why) rows.push_back(&step);
    }
    return rows;
}

bool holds(When when, const FieldValues& values) {
    constexpr std::string_view kLatestWon = "C-02";
    const auto by_policy = [&] {
        return text_in(values, catalog::field(catalog::kCase, "class").tag) == kLatestWon;
    };
    const auto more = [&] {
        const auto roles =
            catalog::elements_in(values, catalog::field(catalog::kApproval, "chain"));
        const auto signers =
            catalog::elements_in(values, catalog::field(catalog::kApproval, "signers"));
        return signers.size() + 1 < roles.size();
    };
    const auto waived = [&] {
        return number_in(values, catalog::field(catalog::kCustomer, "inspection_waived").tag) != 0;
    };
    const auto key = [&] {
        return number_in(values, catalog::field(catalog::kCustomer, "is_key").tag) != 0;
    };
    const auto top_secret = [&] {
        return number_in(values, catalog::field(catalog::kSecrecyMarking, "level").tag) >= 3;
    };
    switch (when) {
        case When::Key:
            return key();
        case When::NotKey:
            return !key();
        case When::Always:
            break;
        case When::ForPerson:
            return !by_policy();
        case When::ByPolicy:
            return by_policy();
        case When::MoreToSign:
            return more();
        case When::LastToSign:
            return !more();
        case When::Inspected:
            return !waived();
        case When::Waived:
            return waived();
        case When::TopSecret:
            return top_secret();
        case When::BelowTop:
            return !top_secret();
    }
    return true;
}

bool wants_filled(const Step& step) {
    return std::ranges::find(step.guards, Guard::SubmissionFilled) != step.guards.end();
}

Result<const Step*> may_step(const Machine& machine,
                             std::string_view event,
                             const FieldValues& values,
                             const FieldValues& given) {
    const auto rows = steps_of(machine, event);
    if (rows.empty() || !concerns(machine, values))
        return fail(merge::kUnknownEvent, head(event, 40));
    if (rows.front()->from.empty()) return rows.front();
    const State* state = state_of(machine, values);
    if (state == nullptr) {
        const auto* of = catalog::find_field(*machine.kind, machine.state_field);
        return fail(merge::kUnknownState, pair_of(of->label));
    }
    for (const Step* row : rows) {
        if (!is_from(*row, state->code) || !holds(row->when, values)) continue;
        if (row->chosen_by.empty()) return row;
        const Value* chosen = find(given, catalog::find_field(*machine.kind, row->chosen_by)->tag);
        if (chosen != nullptr && word_of(*chosen) == row->to) return row;
    }
    return tl::unexpected(why_none(machine, rows, *state, values, given));
}

Status check_inputs(const Step& step,
                    const catalog::Kind& kind,
                    const FieldValues& given,
                    std::string_view reason) {
    for (const FieldValue& each : given) {
        if (step.takes_values) break;
        const auto* of = catalog::find_field(kind, each.tag);
        const bool taken = of != nullptr && std::ranges::find(step.inputs, of->name,
                                                              &Input::field) != step.inputs.end();
        if (!taken) return fail(merge::kUnknownField, std::to_string(each.tag));
    }
    for (const Input& input : step.inputs) {
        const auto* of = catalog::find_field(kind, input.field);
        const Value* value = find(given, of->tag);
        if (input.required && (value == nullptr || is_empty(*value)))
            return fail(merge::kMissingInput, pair_of(of->label));
    }
    if (step.says_why && canonical_text(reason).value_or("").empty())
        return fail(merge::kReasonNeeded);
    return {};
}

std::optional<std::string> due_on(const Step& step,
                                  const catalog::Kind& kind,
                                  const FieldValues& values,
                                  Instant entered,
                                  std::int64_t days) {
    if (step.due.days == 0) return std::nullopt;
    if (!step.due.on.empty()) {
        auto day = text_in(values, catalog::find_field(kind, step.due.on)->tag);
        if (!day.empty()) return day;
    }
    Instant start = entered;
    if (!step.due.since.empty()) {
        const auto tag = catalog::find_field(kind, step.due.since)->tag;
        start = Instant{number_in(values, tag, entered.ms)};
    }
    return office_date(start.plus(std::chrono::hours(24) * days));
}

}  // namespace dossier::workflow
