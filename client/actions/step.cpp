// Steps of workflows asked for one by one: "customer submit". The office takes them or says why
// not.
#include <algorithm>

#include "common/action/steps.hpp"
#include "common/catalog/describe.hpp"

#include "client/actions/given.hpp"
#include "client/actions/records.hpp"
#include "client/actions/save.hpp"
#include "client/intake/filled.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

/// What this laptop does not see may lie at the office, which decides: the step was asked for.
void note_unfilled(Context& context, const action::StepAction& step, const RecordId& record) {
    const auto rows = workflow::steps_of(*step.machine, step.event);
    if (context.lock != Lock::Open || !std::ranges::any_of(rows, [](const workflow::Step* row) {
            return workflow::wants_filled(*row);
        }))
        return;
    const auto unsure = unfilled_here(context.store, record).unsure;
    if (!unsure.empty())
        context.answer.note({"本机还没有：{}；办公室也没有时不受理",
                             "not on this laptop: {}; where the office lacks it, too, it is not "
                             "taken"},
                            {catalog::in_language(catalog::called(unsure), context.answer.lang)});
}

Result<int> ask_step(Context& context) {
    const auto step = action::step_of(context.action);
    const auto id = record_named(context);
    if (!id) return tl::unexpected(id.error());
    merge::Op event{.kind = merge::OpKind::Event,
                    .record_kind = step.machine->kind->tag,
                    .record = *id,
                    .event = std::string(step.event)};
    for (const Input& input : step.row.inputs) {
        if (input.field == nullptr || !context.inputs.has(input.key())) continue;
        if (auto read = put(context, event.fields, *input.field, context.inputs.text(input.key()));
            !read)
            return pass(read);
    }
    auto saved = save(context, {std::move(event)}, step.row.help,
                      title_of(context.store, context.asker(), *id), *id);
    if (saved) note_unfilled(context, step, *id);
    return saved;
}

bool is_at_office(const action::StepAction& step) {
    const auto rows = workflow::steps_of(*step.machine, step.event);
    return std::ranges::all_of(rows, [](const workflow::Step* row) { return row->at_office; });
}

}  // namespace

const std::vector<Action>& step_actions(std::span<const Action* const> own) {
    static const auto kAll = [&] {
        std::vector<Action> all;
        for (const auto& step : action::step_actions("dossier")) {
            const bool is_own = std::ranges::any_of(
                own, [&](const Action* each) { return each->words == step.row.words; });
            if (is_own || is_at_office(step)) continue;
            all.push_back(
                {{step.row}, Needs::Store, ask_step, WhenLocked::Records, step.machine->kind});
        }
        return all;
    }();
    return kAll;
}

}  // namespace dossier::client
