// A proposed change of a controlled field, until a clerk verifies it. Source: domain WF-17, C-04.
// Not here: `superseded`; a later accepted value turns the others into a case.
#pragma once

#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace proposal {

using catalog::ProposalState;

inline constexpr std::array kStates{State{.code = ProposalState::kOpen, .is_first = true},
                                    State{.code = ProposalState::kAccepted, .is_final = true},
                                    State{.code = ProposalState::kRefused, .is_final = true},
                                    State{.code = ProposalState::kInCase, .is_final = true},
                                    State{.code = ProposalState::kWithdrawn, .is_final = true}};
inline constexpr std::array kFromOpen{ProposalState::kOpen};
inline constexpr std::array kByVerifier{
    Right{.by = Authority::Matter, .operation = access::Operation::Verify}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array<std::string_view, 1> kProposer{"proposed_by"};
inline constexpr std::array kTellVerified{Told::Owner, Told::Subscribers};
inline constexpr std::array kProposed{Guard::ProposedIsCurrent};

inline constexpr std::array kSteps{
    Step{.from = kFromOpen,
         .event = "accept",
         .label = {"采纳", "accept"},
         .to = ProposalState::kAccepted,
         .who = kByVerifier,
         .differs_from = kProposer,
         .guards = kProposed,
         .due = {.days = 3, .since = "proposed_at"},
         .signed_by = "verified_by",
         .signed_at = "verified_at",
         .because = "reason",
         .tells = kTellVerified},
    Step{.from = kFromOpen,
         .event = "refuse",
         .label = {"拒绝", "refuse"},
         .to = ProposalState::kRefused,
         .who = kByVerifier,
         .due = {.days = 3, .since = "proposed_at"},
         .signed_by = "verified_by",
         .signed_at = "verified_at",
         .because = "reason"},
    Step{.from = kFromOpen,
         .event = "dispute",
         .label = {"转为冲突", "turn into a case"},
         .to = ProposalState::kInCase,
         .who = kByOffice,
         .signed_at = "verified_at"},
    Step{.from = kFromOpen,
         .event = "withdraw",
         .label = {"撤回", "withdraw"},
         .to = ProposalState::kWithdrawn,
         .who = kByOffice,
         .signed_at = "verified_at"},
};

}  // namespace proposal

inline constexpr Machine kControlledChange{
    .name = "proposal",
    .label = {"受控字段变更", "change of a controlled field"},
    .source = "WF-17",
    .kind = &catalog::kProposal,
    .state_field = "state",
    .states = proposal::kStates,
    .steps = proposal::kSteps,
    .called_by = "number",
    .own_actions = true};

}  // namespace dossier::workflow
