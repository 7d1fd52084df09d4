// The actions that take a step of a workflow, as rows made from the tables of the machines alone:
// "customer submit", "task finish". Each side binds them to one function. A machine whose steps
// carry more than its rows say (a ruling its value) has actions of its own. Source: architecture 4.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "common/action/action.hpp"
#include "common/action/answer.hpp"
#include "common/workflow/standing.hpp"

namespace dossier::action {

struct StepAction {
    Action row;
    const workflow::Machine* machine = nullptr;
    std::string_view event;
};

/// The rows of every machine for a program of this name, but steps of the office itself; machines
/// and events in the order of their tables. Made once; what they name lives as long as the process.
const std::vector<StepAction>& step_actions(std::string_view program);

/// Somebody who must take a step by a day.
struct Waiting {
    std::string step;
    std::string person;
    std::string due_on;
};
/// Why it stands there: the step that led to it, who took it where that is known, and his reason.
struct Because {
    std::string step;
    std::string person;
    Instant at;
    std::string reason;
};
/// What a person reads of where a record stands: [{"name", "label", "state", "state_label",
/// "steps": [{"action", "event", "label", "may", "why", "lacks", "unsure"}], "waits": [{"step",
/// "person", "due_on"}], "because": {"step", "person", "at", "reason"}}]; of the first machine also
/// lines for people. `name_of` says people's names; steps a program has no action for are left out.
struct StandingTold {
    Json document = Json::array();
    std::vector<std::string> lines;
};
StandingTold tell_standing(std::span<const workflow::Standing> standings,
                           const FieldValues& values,
                           const access::Subject& subject,
                           std::span<const Waiting> waiting,
                           const std::optional<Because>& because,
                           const std::function<std::string(const UserId&)>& name_of,
                           const std::function<bool(std::string_view)>& has_action,
                           Lang lang);

/// The machine and event an action takes, by its words; null machine for one that takes none.
StepAction step_of(const Action& action);

}  // namespace dossier::action
