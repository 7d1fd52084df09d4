// A chain of signatures on one thing: the roles named sign one after the other, each another
// person, and none of them who asked. Source: domain 2.5.3 approval, 3.1 separation of duty.
// Not here: `contested`; two people at two consoles meet at the door, where the second is told that
// it is decided.
#pragma once

#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace approval {

using catalog::ApprovalState;

inline constexpr std::array kStates{State{.code = ApprovalState::kOpen, .is_first = true},
                                    State{.code = ApprovalState::kApproved, .is_final = true},
                                    State{.code = ApprovalState::kRejected, .is_final = true},
                                    State{.code = ApprovalState::kReturned, .is_final = true},
                                    State{.code = ApprovalState::kWithdrawn, .is_final = true},
                                    State{.code = ApprovalState::kExpired, .is_final = true}};
inline constexpr std::array kFromOpen{ApprovalState::kOpen};
inline constexpr std::array kBySigner{Right{.by = Authority::Signer}};
inline constexpr std::array kByAsker{Right{.by = Authority::Assignee}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array<std::string_view, 2> kEarlier{"requested_by", "signers"};

constexpr Step signature(
    std::string_view event, Text label, std::string_view to, When when, bool says_why) {
    return {.from = kFromOpen,
            .event = event,
            .label = label,
            .to = to,
            .who = kBySigner,
            .differs_from = kEarlier,
            .when = when,
            .says_why = says_why,
            // Decisions are taken at the office's console only (D-46).
            .at_office = true,
            .due = {.days = 2},
            .signed_at = "decided_at",
            .because = "comment",
            .effect = Effect::Countersign};
}
inline constexpr std::array kSteps{
    signature("approve", {"同意", "approve"}, ApprovalState::kOpen, When::MoreToSign, false),
    signature("approve", {"同意", "approve"}, ApprovalState::kApproved, When::LastToSign, false),
    signature("reject", {"拒绝", "reject"}, ApprovalState::kRejected, When::Always, true),
    signature("return", {"退回", "return"}, ApprovalState::kReturned, When::Always, true),
    Step{.from = kFromOpen,
         .event = "withdraw",
         .label = {"撤回", "withdraw"},
         .to = ApprovalState::kWithdrawn,
         .who = kByAsker,
         .signed_at = "decided_at"},
    Step{.from = kFromOpen,
         .event = "expire",
         .label = {"过期", "expire"},
         .to = ApprovalState::kExpired,
         .who = kByOffice,
         .signed_at = "decided_at"},
};

}  // namespace approval

inline constexpr Machine kApprovals{.name = "approval",
                                    .label = {"审批", "approval"},
                                    .source = "2.5.3",
                                    .kind = &catalog::kApproval,
                                    .state_field = "state",
                                    .states = approval::kStates,
                                    .steps = approval::kSteps,
                                    .answers_subject = true};

}  // namespace dossier::workflow
