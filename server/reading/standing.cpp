#include "server/reading/standing.hpp"

#include <algorithm>

#include "common/catalog/states.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"
#include "common/workflow/task.hpp"

#include "server/intake/computed.hpp"
#include "server/reading/find.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kApproval;
using catalog::kTask;

/// The label of the step a task waits for.
std::string step_label(const FieldValues& task, Lang lang) {
    const auto* machine = workflow::find_machine(text_in(task, field(kTask, "workflow")));
    if (machine == nullptr) return {};
    const auto rows = workflow::steps_of(*machine, text_in(task, field(kTask, "step")));
    return rows.empty() ? std::string()
                        : workflow::task::awaited_step(rows.front()->label,
                                                       text_in(task, field(kTask, "kind")), lang);
}

/// Tasks about the record, and about the approval it waits for.
std::vector<RecordId> tasks_about(Store& store, const RecordId& record) {
    static constexpr auto& kSubject = field(kTask, "subject_id");
    auto tasks = store.find(kTask.tag, kSubject.tag, record);
    for (const RecordId& id :
         store.find(kApproval.tag, field(kApproval, "subject_id").tag, record)) {
        const auto signing = store.find(kTask.tag, kSubject.tag, id);
        tasks.insert(tasks.end(), signing.begin(), signing.end());
    }
    return tasks;
}

std::vector<action::Waiting> waiting_for(Office& office, const Asker& asker, const Place& place) {
    std::vector<action::Waiting> waiting;
    Store& store = office.store();
    for (const RecordId& id : tasks_about(store, place.record)) {
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

/// The last step that led there, where the asker may read what is said of the file.
std::optional<action::Because> because_of(Office& office,
                                          const Asker& asker,
                                          const workflow::Standing& standing,
                                          const access::Viewer& viewer,
                                          const access::Subject& subject) {
    const auto rows = workflow::reasoned_steps_to(*standing.machine, standing.state->code);
    if (rows.empty()) return std::nullopt;
    const auto main = access::decide(viewer, access::Operation::View, subject, catalog::Facet::Main,
                                     {.now = office.now()});
    if (main.answer != access::Answer::Allow || main.purpose_needed) return std::nullopt;
    std::optional<action::Because> last;
    for (const auto& entry : office.store().history(subject.record, std::nullopt)) {
        const auto row = std::ranges::find(rows, entry.event, &workflow::Step::event);
        if (row == rows.end() || !entry.won || entry.reason.empty()) continue;
        last = action::Because{std::string((*row)->label.in(asker.lang)),
                               person_name(office, asker, entry.stamp.author), entry.stamp.at,
                               entry.reason};
    }
    return last;
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
            standings, missing_in(office.store(), place, values, catalog::Profile::Submission));
    const auto because = standings.empty()
                             ? std::nullopt
                             : because_of(office, asker, standings.front(), viewer, subject);
    return action::tell_standing(
        standings, values, subject, waiting_for(office, asker, place), because,
        [&](const UserId& user) { return person_name(office, asker, user); }, has_action,
        asker.lang);
}

}  // namespace dossier::server
