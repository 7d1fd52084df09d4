// A case (冲突): values that met, until a person rules or nobody contradicts any more. The Set that
// makes the chosen value current stands before the ruling in the same changeset. Source: domain
// 2.5.3 conflict, C-01 … C-09.
#pragma once

#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace dispute {

using catalog::CaseState;

inline constexpr std::array kStates{State{.code = CaseState::kOpen, .is_first = true},
                                    State{.code = CaseState::kAuto, .is_first = true},
                                    State{.code = CaseState::kRuled, .is_decided = true}};
inline constexpr std::array kUnruled{CaseState::kOpen, CaseState::kAuto};
inline constexpr std::array kFromOpen{CaseState::kOpen};
inline constexpr std::array kFromRuled{CaseState::kRuled};
inline constexpr std::array kByReviewer{
    Right{.by = Authority::Matter, .operation = access::Operation::Rule}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kChosen{Guard::ChosenIsCurrent};
inline constexpr std::array kInputs{Input{.field = "resolution"},
                                    Input{.field = "resolved_value", .required = true},
                                    Input{.field = "current_value"}};

inline constexpr std::array kSteps{
    Step{.from = kUnruled,
         .event = "rule",
         .label = {"裁决", "rule"},
         .to = CaseState::kRuled,
         .who = kByReviewer,
         .guards = kChosen,
         .inputs = kInputs,
         .signed_by = "resolved_by",
         .signed_at = "resolved_at",
         .because = "reason"},
    Step{.from = kFromRuled,
         .event = "reopen",
         .label = {"撤销裁决", "take the ruling back"},
         .to = CaseState::kOpen,
         .who = kByReviewer,
         .when = When::ForPerson,
         .effect = Effect::ClearRuling},
    Step{.from = kFromRuled,
         .event = "reopen",
         .label = {"撤销裁决", "take the ruling back"},
         .to = CaseState::kAuto,
         .who = kByReviewer,
         .when = When::ByPolicy,
         .effect = Effect::ClearRuling},
    Step{.from = kFromOpen,
         .event = "settle",
         .label = {"自动了结", "settle by itself"},
         .to = CaseState::kAuto,
         .who = kByOffice,
         .signed_at = "resolved_at"},
};

}  // namespace dispute

inline constexpr Machine kDispute{.name = "case",
                                  .label = {"冲突裁决", "ruling of a case"},
                                  .source = "2.5.3",
                                  .kind = &catalog::kCase,
                                  .state_field = "state",
                                  .states = dispute::kStates,
                                  .steps = dispute::kSteps,
                                  .called_by = "number",
                                  .own_actions = true};

}  // namespace dossier::workflow
