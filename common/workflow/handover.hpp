// Customer files pass to another owner: asked for, signed by who may transfer them, handed over and
// taken over by the two, in effect on its day. Source: domain WF-13, R-022, R-188, AS-27.
#pragma once

#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace handover {

using access::Role;
using catalog::HandoverState;

inline constexpr std::array kReceiverFits{Guard::HandsOwnFiles, Guard::ReceiverWorks};
inline constexpr std::array kStates{
    State{.code = HandoverState::kRequested,
          .is_first = true,
          .begins_with = kReceiverFits,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "transfer"),
                     .when_signed = "approve",
                     .otherwise = "reject"}},
    State{.code = HandoverState::kApproved},
    State{.code = HandoverState::kHandedOver},
    State{.code = HandoverState::kTakenOver},
    State{.code = HandoverState::kEffective, .is_final = true, .is_goal = true},
    State{.code = HandoverState::kRejected, .is_final = true},
    State{.code = HandoverState::kWithdrawn, .is_final = true},
};
inline constexpr std::array kFromRequested{HandoverState::kRequested};
inline constexpr std::array kFromApproved{HandoverState::kApproved};
inline constexpr std::array kFromHandedOver{HandoverState::kHandedOver};
inline constexpr std::array kFromTakenOver{HandoverState::kTakenOver};
inline constexpr std::array kUntaken{HandoverState::kApproved, HandoverState::kHandedOver};
inline constexpr std::array kPending{HandoverState::kRequested, HandoverState::kApproved,
                                     HandoverState::kHandedOver, HandoverState::kTakenOver};

inline constexpr std::array kServiceManagers{Role::ServiceManager};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
inline constexpr std::array kByOwner{Right{.by = Authority::Assignee}};
inline constexpr std::array kByReceiver{Right{.by = Authority::Asked}};
inline constexpr std::array kByServiceManager{
    Right{.by = Authority::Role, .roles = kServiceManagers}};

inline constexpr std::array kReceivable{Guard::ReceiverWorks, Guard::LaptopsBroughtIn};
inline constexpr std::array kStillFits{Guard::ReceiverWorks};
inline constexpr std::array kTellAuthor{Told::Author};
inline constexpr Due kPassingDue{.days = 5, .setting = "handover.days"};

inline constexpr std::array kSteps{
    Step{.from = kFromRequested,
         .event = "approve",
         .label = {"批准移交", "approve the handover"},
         .to = HandoverState::kApproved,
         .who = kByOffice,
         .signed_by = "approved_by",
         .signed_at = "approved_at",
         .effect = Effect::ListOpenItems,
         .tells = kTellAuthor},
    Step{.from = kFromRequested,
         .event = "reject",
         .label = {"不批准移交", "reject the handover"},
         .to = HandoverState::kRejected,
         .who = kByOffice,
         .because = "remark",
         .tells = kTellAuthor},
    Step{.from = kFromApproved,
         .event = "hand_over",
         .label = {"交出", "hand over"},
         .to = HandoverState::kHandedOver,
         .who = kByOwner,
         .due = kPassingDue,
         .signed_at = "handed_at"},
    Step{.from = kFromHandedOver,
         .event = "take_over",
         .label = {"接收", "take over"},
         .to = HandoverState::kTakenOver,
         .who = kByReceiver,
         .guards = kReceivable,
         .due = kPassingDue,
         .signed_at = "taken_at",
         .effect = Effect::ListOpenItems},
    // The present owner cannot be reached, or his laptop cannot.
    Step{.from = kUntaken,
         .event = "force",
         .label = {"强制移交", "force the handover"},
         .to = HandoverState::kTakenOver,
         .who = kByServiceManager,
         .guards = kStillFits,
         .says_why = true,
         .at_office = true,
         .signed_by = "forced_by",
         .signed_at = "taken_at",
         .because = "remark",
         .effect = Effect::ListOpenItems},
    Step{.from = kPending,
         .event = "withdraw",
         .label = {"撤回移交", "withdraw the handover"},
         .to = HandoverState::kWithdrawn,
         .who = kByAuthor,
         .says_why = true,
         .because = "remark"},
    Step{.from = kFromTakenOver,
         .event = "take_effect",
         .label = {"移交生效", "take effect"},
         .to = HandoverState::kEffective,
         .who = kByOffice,
         .guards = kStillFits,
         .on_day = "effective_on",
         .signed_at = "effective_at",
         .effect = Effect::HandOverFiles,
         .tells = kTellAuthor},
};

}  // namespace handover

inline constexpr Machine kHandovers{.name = "handover",
                                    .label = {"移交", "handover"},
                                    .source = "WF-13",
                                    .kind = &catalog::kHandover,
                                    .state_field = "state",
                                    .states = handover::kStates,
                                    .steps = handover::kSteps};

}  // namespace dossier::workflow
