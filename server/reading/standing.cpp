#include "server/reading/standing.hpp"

#include "common/catalog/states.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/computed.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kTask;

/// The label of the step a task waits for.
std::string step_label(const FieldValues& task, Lang lang) {
    const auto* machine = workflow::find_machine(text_in(task, field(kTask, "workflow")));
    if (machine == nullptr) return {};
    const auto rows = workflow::steps_of(*machine, text_in(task, field(kTask, "step")));
    return rows.empty() ? std::string() : std::string(rows.front()->label.in(lang));
}

std::vector<action::Waiting> waiting_for(Office& office, const Asker& asker, const Place& place) {
    std::vector<action::Waiting> waiting;
    Store& store = office.store();
    for (const RecordId& id : store.find(kTask.tag, field(kTask, "subject_id").tag, place.record)) {
        const auto task = store.load(kTask.tag, id).value_or(FieldValues{});
        auto step = step_label(task, asker.lang);
        const bool is_open = text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen;
        if (!is_open || step.empty()) continue;
        const auto who = record_in(task, field(kTask, "assignee_id")).as<UserTag>();
        waiting.push_back({std::move(step), person_name(office, asker, who),
                           text_in(task, field(kTask, "due_on"))});
    }
    return waiting;
}

}  // namespace

action::StandingTold standing_of(Office& office,
                                 const Asker& asker,
                                 const Place& place,
                                 const FieldValues& values,
                                 const std::function<bool(std::string_view)>& has_action) {
    const auto& kind = *catalog::find_kind(place.kind);
    const auto subject = office.people().subject(place, values);
    const auto& viewer = office.people().viewer(asker.who, office.now());
    auto standings = workflow::standings(kind, values, viewer, subject, office.now());
    if (catalog::is_file(kind))
        workflow::tell_lacking(
            standings, missing_in(office.store(), place, values, catalog::Profile::Submission),
            true);
    const auto because = standings.empty()
                             ? std::nullopt
                             : because_of(office, asker, standings.front(), viewer, subject);
    return action::tell_standing(
        standings, values, subject, waiting_for(office, asker, place),
        [&](const UserId& user) { return person_name(office, asker, user); }, has_action,
        asker.lang);
}

}  // namespace dossier::server
