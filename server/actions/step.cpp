// Steps of workflows taken one by one: "customer submit", "task finish".
#include <algorithm>

#include "common/action/steps.hpp"
#include "common/catalog/canonical.hpp"

#include "server/actions/records.hpp"
#include "server/actions/submit.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {

Result<int> take_step(Context& context) {
    const auto step = action::step_of(context.action);
    const auto about = named(context);
    if (!about) return tl::unexpected(about.error());
    const auto& record = about->place.record;
    auto event = event_op(*step.machine->kind, record, step.event);
    for (const Input& input : step.row.inputs) {
        if (input.field == nullptr || !context.inputs.has(input.key())) continue;
        auto value = read_value(context.office, context.asker(), *input.field,
                                context.inputs.text(input.key()));
        if (!value) return pass(value);
        assign(event.fields, input.field->tag, std::move(*value));
    }
    const auto title = title_of(context.office, context.asker(), record);
    if (auto done = submit(context, {std::move(event)}); !done) return pass(done);
    const auto values = context.office.store().load(about->place.kind, record);
    const auto* state = workflow::state_of(*step.machine, values.value_or(FieldValues{}));
    const auto& label =
        state == nullptr ? step.machine->label : workflow::label_of(*step.machine, *state);
    context.answer.line({"{}：{}，现为 {}", "{}: {}, now {}"},
                        {std::string(context.answer.in(step.row.help)), title,
                         std::string(context.answer.in(label))});
    context.answer.document({{"id", to_text(record)},
                             {"event", step.event},
                             {"state", state == nullptr ? "" : state->code},
                             {"state_label", context.answer.in(label)}});
    return 0;
}

const std::vector<Action>& step_actions(std::span<const Action* const> own) {
    static const auto kAll = [&] {
        std::vector<Action> all;
        for (const auto& [row, machine, event] : action::step_actions("dossierd")) {
            const bool is_own = std::ranges::any_of(
                own, [&, words = row.words](const Action* each) { return each->words == words; });
            if (is_own) continue;
            all.push_back(
                {{row}, Actor::Named, Runs::InUnit, take_step, Does::Changes, machine->kind});
        }
        return all;
    }();
    return kAll;
}

}  // namespace dossier::server
