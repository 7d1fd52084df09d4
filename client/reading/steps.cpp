#include "client/reading/steps.hpp"

#include "common/base/reason.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/task.hpp"

#include "client/intake/filled.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kNotification;
using catalog::kTask;

/// What waits for the user of this laptop: tasks of others do not lie here.
std::vector<action::Waiting> waiting_for(Store& store, const Asker& asker, const RecordId& record) {
    std::vector<action::Waiting> waiting;
    Query query{.kind = &kTask};
    query.where = {{field(kTask, "subject_id").tag, Value(record)},
                   {field(kTask, "state").tag, Value(std::string(catalog::TaskState::kOpen))}};
    for (const RecordId& id : store.replica.select(query)) {
        const auto task = store.replica.load(kTask, id).value_or(FieldValues{});
        const auto* machine = workflow::find_machine(text_in(task, field(kTask, "workflow")));
        if (machine == nullptr) continue;
        const auto rows = workflow::steps_of(*machine, text_in(task, field(kTask, "step")));
        if (rows.empty()) continue;
        waiting.push_back(
            {workflow::task::awaited_step(rows.front()->label, text_in(task, field(kTask, "kind")),
                                          asker.lang),
             title_of(store, asker, record_in(task, field(kTask, "assignee_id"))),
             text_in(task, field(kTask, "due_on"))});
    }
    return waiting;
}

/// What its user was told of the step that led there.
std::optional<action::Because> told_because(Store& store,
                                            const Asker& asker,
                                            const workflow::Standing& standing,
                                            const RecordId& record) {
    const auto rows = workflow::reasoned_steps_to(*standing.machine, standing.state->code);
    std::optional<action::Because> last;
    if (rows.empty()) return last;
    Query query{.kind = &kNotification};
    query.where = {{field(kNotification, "subject_id").tag, Value(record)}};
    for (const RecordId& id : store.replica.select(query)) {
        const auto note = store.replica.load(kNotification, id).value_or(FieldValues{});
        const auto text = text_in(note, field(kNotification, "text"));
        const Instant at{number_in(note, field(kNotification, "sent_at"))};
        for (const auto* row : rows) {
            const auto head = pair_of(row->label) + ": ";
            if (!text.starts_with(head) || (last && at < last->at)) continue;
            last = action::Because{std::string(row->label.in(asker.lang)), "", at,
                                   text.substr(head.size())};
        }
    }
    return last;
}

}  // namespace

action::StandingTold standing_of(Store& store,
                                 Intake& intake,
                                 const Asker& asker,
                                 const catalog::Kind& kind,
                                 const RecordId& record,
                                 const std::function<bool(std::string_view)>& has_action) {
    const auto viewer = intake.viewer();
    if (!viewer) return {};
    const auto values = store.replica.load(kind, record).value_or(FieldValues{});
    const auto subject = intake.subject(kind, record, values);
    auto standings = workflow::standings(kind, values, *viewer, subject, intake.now());
    if (catalog::is_file(kind) && asker.lock == Lock::Open) {
        const auto unfilled = unfilled_here(store, record);
        workflow::tell_lacking(standings, unfilled.lacking, unfilled.unsure);
    }
    const auto because =
        standings.empty() ? std::nullopt : told_because(store, asker, standings.front(), record);
    return action::tell_standing(
        standings, values, subject, waiting_for(store, asker, record), because,
        [&](const UserId& user) { return title_of(store, asker, user.as<RecordTag>()); },
        has_action, asker.lang);
}

}  // namespace dossier::client
