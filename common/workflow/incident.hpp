// An incident from its report to its end: given to somebody to look into, investigated, decided
// with the liability of the direct superior judged, closed. Who is responsible handles none of it.
// Source: domain WF-15, R-136, R-273.
#pragma once

#include "common/catalog/incident.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace incident {

using access::Role;

inline constexpr auto kReported = catalog::code_in(catalog::choices::kIncidentState, "reported");
inline constexpr auto kAssigned = catalog::code_in(catalog::choices::kIncidentState, "assigned");
inline constexpr auto kInvestigated =
    catalog::code_in(catalog::choices::kIncidentState, "investigated");
inline constexpr auto kDecided = catalog::code_in(catalog::choices::kIncidentState, "decided");
inline constexpr auto kClosed = catalog::code_in(catalog::choices::kIncidentState, "closed");

inline constexpr std::array kFits{Guard::ReportFits};
inline constexpr std::array kStates{
    State{.code = kReported,
          .is_first = true,
          .begins_with = kFits,
          .on_arrival = Effect::TakeReport},
    State{.code = kAssigned},
    State{.code = kInvestigated},
    State{.code = kDecided},
    State{.code = kClosed, .is_final = true, .is_goal = true},
};
inline constexpr std::array kFromReported{kReported};
inline constexpr std::array kFromAssigned{kAssigned};
inline constexpr std::array kFromInvestigated{kInvestigated};
inline constexpr std::array kFromDecided{kDecided};

// Where the service manager is concerned the general manager handles it.
inline constexpr std::array kDesk{Role::ServiceManager, Role::GeneralManager};
inline constexpr std::array kByDesk{Right{.by = Authority::Role, .roles = kDesk}};
inline constexpr std::array kByInvestigator{Right{.by = Authority::Asked}};
inline constexpr std::array<std::string_view, 1> kResponsible{"responsible_user_id"};
inline constexpr std::array<std::string_view, 2> kConcerned{"responsible_user_id",
                                                            "superior_user_id"};
inline constexpr std::array kAssignment{
    Input{.field = "investigator_id", .required = true},
    Input{.field = "responsible_user_id"},
};
inline constexpr std::array kReport{Input{.field = "findings", .required = true},
                                    Input{.field = "responsible_user_id"}};
inline constexpr std::array kDecision{
    Input{.field = "superior_liability"},
    Input{.field = "liability_reason"},
    Input{.field = "measures", .required = true},
    Input{.field = "sanction"},
};
inline constexpr std::array kJudged{Guard::LiabilityJudged};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kFromReported,
         .event = "assign",
         .label = {"交办调查", "assign"},
         .to = kAssigned,
         .who = kByDesk,
         .differs_from = kResponsible,
         .inputs = kAssignment,
         .at_office = true,
         .due = {.days = 1},
         .signed_by = "assigned_by",
         .effect = Effect::NameSuperior},
    Step{.from = kFromAssigned,
         .event = "investigate",
         .label = {"报告调查结果", "report the findings"},
         .to = kInvestigated,
         .who = kByInvestigator,
         .differs_from = kConcerned,
         .inputs = kReport,
         .at_office = true,
         .is_asked_for = true,
         .due = {.days = 5},
         .effect = Effect::NameSuperior},
    Step{.from = kFromInvestigated,
         .event = "decide",
         .label = {"作出处理", "decide"},
         .to = kDecided,
         .who = kByDesk,
         .differs_from = kConcerned,
         .guards = kJudged,
         .inputs = kDecision,
         .at_office = true,
         .due = {.days = 5},
         .signed_by = "decided_by",
         .signed_at = "decided_at",
         .tells = kTellAuthor},
    Step{.from = kFromDecided,
         .event = "close",
         .label = {"结案", "close"},
         .to = kClosed,
         .who = kByDesk,
         .differs_from = kResponsible,
         .at_office = true,
         .due = {.days = 10},
         .signed_at = "closed_at"},
};

}  // namespace incident

inline constexpr Machine kIncidents{.name = "incident",
                                    .label = {"违规事件", "incident"},
                                    .source = "WF-15",
                                    .kind = &catalog::kIncident,
                                    .state_field = "state",
                                    .states = incident::kStates,
                                    .steps = incident::kSteps};

}  // namespace dossier::workflow
