// A complaint from its receipt to its end: a plan within half an hour, an independent investigator,
// the judgement of the service manager. Source: domain WF-09, R-206 to R-224, D-18 to D-21.
#pragma once

#include "common/catalog/complaint.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace complaint {

using access::Role;
using catalog::ComplaintState;

inline constexpr std::array kStates{
    State{.code = ComplaintState::kReceived, .is_first = true},
    State{.code = ComplaintState::kPlanned},
    State{.code = ComplaintState::kEscalated},
    State{.code = ComplaintState::kInvestigating},
    State{.code = ComplaintState::kFound},
    State{.code = ComplaintState::kResolving},
    State{.code = ComplaintState::kClosed, .is_goal = true},
    State{.code = ComplaintState::kInvalidClosed},
};
inline constexpr std::array kFromReceived{ComplaintState::kReceived};
inline constexpr std::array kFromPlanned{ComplaintState::kPlanned};
inline constexpr std::array kFromEscalated{ComplaintState::kEscalated};
inline constexpr std::array kAssignable{ComplaintState::kPlanned, ComplaintState::kInvestigating};
inline constexpr std::array kFromInvestigating{ComplaintState::kInvestigating};
inline constexpr std::array kFromFound{ComplaintState::kFound};
inline constexpr std::array kFromResolving{ComplaintState::kResolving};
inline constexpr std::array kEscalatable{ComplaintState::kReceived, ComplaintState::kPlanned,
                                         ComplaintState::kInvestigating};
inline constexpr std::array kOver{ComplaintState::kClosed, ComplaintState::kInvalidClosed};

inline constexpr std::array kService{Role::ServiceStaff, Role::ServiceSupervisor,
                                     Role::ServiceManager};
inline constexpr std::array kManagers{Role::ServiceManager};
inline constexpr std::array kGeneralManagers{Role::GeneralManager};
inline constexpr std::array kByReceiver{Right{.by = Authority::Role, .roles = kService},
                                        Right{.by = Authority::Author}};
inline constexpr std::array kByReceiverOrInvestigator{
    Right{.by = Authority::Role, .roles = kService}, Right{.by = Authority::Author},
    Right{.by = Authority::Asked}};
// Of a complaint about the service manager the general manager decides.
inline constexpr std::array kByManager{
    Right{.by = Authority::Role, .roles = kManagers},
    Right{.by = Authority::Role, .roles = kGeneralManagers, .stands_in = true}};
inline constexpr std::array kByInvestigator{Right{.by = Authority::Asked}};

inline constexpr std::array kPlanInputs{Input{"plan_text", true}};
inline constexpr std::array kAssignInputs{Input{"investigator_id", true}};
inline constexpr std::array kEscalateInputs{Input{"wait_reply_at", true}};
inline constexpr std::array kFindInputs{Input{"findings", true}, Input{"management_gap", true},
                                        Input{"informed", true}};
inline constexpr std::array kValidInputs{Input{"severity", true}, Input{"malignant_basis"}};
inline constexpr std::array kInvalidInputs{Input{"invalid_reason", true},
                                           Input{"invalid_motive", true}};
inline constexpr std::array kCloseInputs{Input{"result", true}, Input{"measures", true},
                                         Input{"satisfaction"}};
inline constexpr std::array kIndependent{Guard::NotRespondent, Guard::InvestigatorIndependent};
inline constexpr std::array kAllInformed{Guard::NotRespondent, Guard::InvestigatorIndependent,
                                         Guard::PartiesInformed};
inline constexpr std::array kBased{Guard::NotRespondent, Guard::ContentSaid, Guard::SeverityBased};
inline constexpr std::array kRightlyInvalid{Guard::NotRespondent, Guard::ContentSaid,
                                            Guard::InvalidFits};
inline constexpr std::array kAnswered{Guard::NotRespondent, Guard::CustomerAnswered};
inline constexpr std::array kRecent{Guard::NotRespondent, Guard::RecentlyClosed};
inline constexpr std::array kTellAuthor{Told::Author, Told::Owner};

constexpr Step closing(std::span<const std::string_view> from,
                       std::string_view event,
                       Text label,
                       Effect effect) {
    return {.from = from,
            .event = event,
            .label = label,
            .to = ComplaintState::kClosed,
            .who = kByManager,
            .guards = kAnswered,
            .inputs = kCloseInputs,
            .at_office = true,
            .signed_at = "closed_at",
            .effect = effect,
            .tells = kTellAuthor};
}

inline constexpr std::array kSteps{
    Step{.from = kFromReceived,
         .event = "propose_plan",
         .label = {"提出处理方案", "give a plan"},
         .to = ComplaintState::kPlanned,
         .who = kByReceiver,
         .inputs = kPlanInputs,
         .signed_by = "plan_by",
         .signed_at = "plan_at",
         .effect = Effect::TimePlan},
    Step{.from = kFromPlanned,
         .event = "reply",
         .label = {"已答复客户", "the customer is answered"},
         .to = {},
         .who = kByReceiver,
         .signed_at = "replied_at"},
    Step{.from = kAssignable,
         .event = "assign",
         .label = {"指派调查人", "name the investigator"},
         .to = ComplaintState::kInvestigating,
         .who = kByManager,
         .guards = kIndependent,
         .inputs = kAssignInputs,
         .at_office = true},
    Step{.from = kEscalatable,
         .event = "escalate",
         .label = {"上报直接领导", "report to the direct leader"},
         .to = ComplaintState::kEscalated,
         .who = kByReceiverOrInvestigator,
         .inputs = kEscalateInputs,
         .says_why = true,
         .signed_at = "escalated_at",
         .because = "remark",
         .effect = Effect::AskLeader},
    Step{.from = kFromEscalated,
         .event = "take_over",
         .label = {"接手处理", "take it over"},
         .to = ComplaintState::kInvestigating,
         .who = kByInvestigator,
         .guards = kIndependent,
         .is_asked_for = true,
         .due = {.days = 1}},
    Step{.from = kFromInvestigating,
         .event = "find",
         .label = {"提交调查结果", "say what was found"},
         .to = ComplaintState::kFound,
         .who = kByInvestigator,
         .guards = kAllInformed,
         .inputs = kFindInputs,
         .at_office = true,
         .is_asked_for = true,
         .due = {.days = 5, .setting = "complaint.result_days"}},
    Step{.from = kFromFound,
         .event = "judge_valid",
         .label = {"认定有效", "judge it valid"},
         .to = ComplaintState::kResolving,
         .who = kByManager,
         .guards = kBased,
         .inputs = kValidInputs,
         .at_office = true,
         .effect = Effect::JudgeComplaint},
    Step{.from = kFromFound,
         .event = "judge_invalid",
         .label = {"认定无效", "judge it invalid"},
         .to = ComplaintState::kInvalidClosed,
         .who = kByManager,
         .guards = kRightlyInvalid,
         .inputs = kInvalidInputs,
         .at_office = true,
         .signed_at = "closed_at",
         .effect = Effect::JudgeComplaint,
         .tells = kTellAuthor},
    closing(kFromResolving, "close", {"办结", "close"}, Effect::None),
    closing(
        kFromPlanned, "simple_close", {"按方案办结", "close by the plan"}, Effect::JudgeComplaint),
    Step{.from = kOver,
         .event = "reopen",
         .label = {"重新调查", "open it again"},
         .to = ComplaintState::kInvestigating,
         .who = kByManager,
         .guards = kRecent,
         .says_why = true,
         .at_office = true,
         .because = "remark",
         .effect = Effect::ReopenComplaint,
         .tells = kTellAuthor},
};

inline constexpr std::array kAssistStates{
    State{.code = catalog::AssistState::kOpen, .is_first = true},
    State{.code = catalog::AssistState::kAnswered, .is_final = true, .is_goal = true}};
inline constexpr std::array kFromAsked{catalog::AssistState::kOpen};
inline constexpr std::array kAnswerInputs{Input{"answer", true}};
// It is answered, never declined.
inline constexpr std::array kAssistSteps{Step{.from = kFromAsked,
                                              .event = "answer",
                                              .label = {"答复协查", "answer"},
                                              .to = catalog::AssistState::kAnswered,
                                              .who = kByInvestigator,
                                              .inputs = kAnswerInputs,
                                              .is_asked_for = true,
                                              .due = {.days = 2, .on = "due_on"},
                                              .signed_at = "answered_at",
                                              .tells = kTellAuthor}};

}  // namespace complaint

inline constexpr Machine kComplaints{.name = "complaint",
                                     .label = {"投诉处理", "handling of a complaint"},
                                     .source = "WF-09",
                                     .kind = &catalog::kComplaint,
                                     .state_field = "state",
                                     .states = complaint::kStates,
                                     .steps = complaint::kSteps,
                                     .called_by = "complaint_no"};
inline constexpr Machine kAssistance{.name = "assist_request",
                                     .label = {"协查", "help in an investigation"},
                                     .source = "R-208",
                                     .kind = &catalog::kAssistRequest,
                                     .state_field = "state",
                                     .states = complaint::kAssistStates,
                                     .steps = complaint::kAssistSteps};

}  // namespace dossier::workflow
