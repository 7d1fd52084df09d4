// A business operation plan (业务运作方案) that lies in a file is reviewed by the service manager
// and improved until he agrees. Source: domain R-021, 2.5.3 approval kind plan_review.
#pragma once

#include "common/catalog/document.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace plan_review {

using catalog::PlanState;

inline constexpr std::array kStates{
    State{.code = PlanState::kDraft, .is_first = true},
    State{.code = PlanState::kInReview,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "plan_review"),
                     .when_signed = "agree",
                     .otherwise = "send_back"}},
    State{.code = PlanState::kAgreed, .is_final = true, .is_goal = true},
    State{.code = PlanState::kReturned}};
inline constexpr std::array kUnsent{PlanState::kDraft, PlanState::kReturned};
inline constexpr std::array kFromReview{PlanState::kInReview};
inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kUnsent,
         .event = "send_to_review",
         .label = {"送审方案", "send the plan to review"},
         .to = PlanState::kInReview,
         .who = kByAuthor,
         .at_office = true},
    Step{.from = kFromReview,
         .event = "agree",
         .label = {"方案通过", "agree to the plan"},
         .to = PlanState::kAgreed,
         .who = kByOffice,
         .signed_by = "reviewed_by",
         .because = "review_remark",
         .tells = kTellAuthor},
    Step{.from = kFromReview,
         .event = "send_back",
         .label = {"方案退回完善", "send the plan back"},
         .to = PlanState::kReturned,
         .who = kByOffice,
         .signed_by = "reviewed_by",
         .because = "review_remark",
         .tells = kTellAuthor},
};

}  // namespace plan_review

inline constexpr Machine kPlanReview{.name = "plan_review",
                                     .label = {"方案审核", "review of a plan"},
                                     .source = "2.5.3",
                                     .kind = &catalog::kAttachment,
                                     .state_field = "plan_state",
                                     .states = plan_review::kStates,
                                     .steps = plan_review::kSteps,
                                     .only_when = "doc_kind=operation_plan"};

}  // namespace dossier::workflow
