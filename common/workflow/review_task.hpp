// A file is looked at again each quarter: whoever owns it confirms it with or without changes, the
// keepers take that over or send it back. Source: domain WF-02, R-090, R-091, D-04, AS-06, AS-07.
#pragma once

#include "common/catalog/review_task.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace review_task {

using access::Role;
using catalog::ReviewState;

inline constexpr std::array kStates{
    State{.code = ReviewState::kOpen, .is_first = true},
    State{.code = ReviewState::kOverdue},
    State{.code = ReviewState::kUnchanged},
    State{.code = ReviewState::kChanged},
    State{.code = ReviewState::kAccepted, .is_final = true, .is_goal = true},
};
inline constexpr std::array kUndone{ReviewState::kOpen, ReviewState::kOverdue};
inline constexpr std::array kFromOpen{ReviewState::kOpen};
inline constexpr std::array kDone{ReviewState::kUnchanged, ReviewState::kChanged};
inline constexpr std::array kKeepers{Role::InfoClerk, Role::ArchiveKeeper, Role::ServiceSupervisor,
                                     Role::ServiceManager};
inline constexpr std::array kByAssignee{Right{.by = Authority::Asked}};
inline constexpr std::array kByKeeper{Right{.by = Authority::Role, .roles = kKeepers}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kEvidenced{Guard::ContactInQuarter};
inline constexpr std::array kSettled{Guard::FileSettled};
inline constexpr std::array kSaid{Input{.field = "contact_evidence_id"},
                                  Input{.field = "fields_confirmed"}};
inline constexpr std::array kTellOwner{Told::Owner};
inline constexpr std::array<std::string_view, 1> kDoer{"done_by"};

inline constexpr std::array kSteps{
    Step{.from = kUndone,
         .event = "confirm_nochange",
         .label = {"核定无变化", "confirm without change"},
         .to = ReviewState::kUnchanged,
         .who = kByAssignee,
         .guards = kEvidenced,
         .inputs = kSaid,
         .signed_by = "done_by",
         .signed_at = "done_at"},
    Step{.from = kUndone,
         .event = "confirm_changed",
         .label = {"核定有变化", "confirm with changes"},
         .to = ReviewState::kChanged,
         .who = kByAssignee,
         .guards = kEvidenced,
         .inputs = kSaid,
         .signed_by = "done_by",
         .signed_at = "done_at"},
    Step{.from = kDone,
         .event = "accept",
         .label = {"验收", "take over"},
         .to = ReviewState::kAccepted,
         .who = kByKeeper,
         .differs_from = kDoer,
         .guards = kSettled,
         .at_office = true,
         .signed_by = "accepted_by",
         .signed_at = "accepted_at",
         .effect = Effect::KeepVerified},
    Step{.from = kDone,
         .event = "send_back",
         .label = {"退回重核", "send back"},
         .to = ReviewState::kOpen,
         .who = kByKeeper,
         .says_why = true,
         .at_office = true,
         .because = "remark",
         .tells = kTellOwner},
    Step{.from = kFromOpen,
         .event = "lapse",
         .label = {"逾期未核", "run over its day"},
         .to = ReviewState::kOverdue,
         .who = kByOffice,
         .on_day = "due_on",
         .after_day = true,
         .tells = kTellOwner},
};

}  // namespace review_task

inline constexpr Machine kReviews{.name = "review_task",
                                  .label = {"核定", "review of a file"},
                                  .source = "WF-02",
                                  .kind = &catalog::kReviewTask,
                                  .state_field = "state",
                                  .states = review_task::kStates,
                                  .steps = review_task::kSteps};

}  // namespace dossier::workflow
