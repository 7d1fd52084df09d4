// Papers a file lacks, asked of somebody until they are there: the task and its reminders are his
// who is asked, keeper or clerk say that it is done, and so do the papers themselves. Source:
// domain 2.5.3 doc_request, R-103.
#pragma once

#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace doc_request {

using access::Role;
using catalog::DocRequestState;

inline constexpr std::array kStates{State{.code = DocRequestState::kOpen, .is_first = true},
                                    State{.code = DocRequestState::kFulfilled, .is_final = true},
                                    State{.code = DocRequestState::kWithdrawn, .is_final = true}};
inline constexpr std::array kFromOpen{DocRequestState::kOpen};
// Service supervisor and service manager do the clerk's work in his place (domain 3.3).
inline constexpr std::array kDesk{Role::ArchiveKeeper, Role::InfoClerk, Role::ServiceSupervisor,
                                  Role::ServiceManager};
inline constexpr std::array kByDesk{Right{.by = Authority::Role, .roles = kDesk}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};

inline constexpr std::array kSteps{
    Step{.from = kFromOpen,
         .event = "fulfil",
         .label = {"补齐文件", "bring the documents"},
         .to = DocRequestState::kFulfilled,
         .who = kByDesk,
         .is_asked_for = true,
         .due = {.days = 5, .on = "due_on"},
         .signed_by = "closed_by",
         .signed_at = "fulfilled_at"},
    Step{.from = kFromOpen,
         .event = "withdraw",
         .label = {"撤回催办", "withdraw the request"},
         .to = DocRequestState::kWithdrawn,
         .who = kByDesk,
         .says_why = true,
         .signed_by = "closed_by",
         .because = "reason"},
    Step{.from = kFromOpen,
         .event = "complete",
         .label = {"文件已到齐", "the documents are there"},
         .to = DocRequestState::kFulfilled,
         .who = kByOffice,
         .signed_at = "fulfilled_at"},
};

}  // namespace doc_request

inline constexpr Machine kDocRequests{.name = "doc_request",
                                      .label = {"催办", "request for documents"},
                                      .source = "2.5.3",
                                      .kind = &catalog::kDocRequest,
                                      .state_field = "state",
                                      .states = doc_request::kStates,
                                      .steps = doc_request::kSteps};

}  // namespace dossier::workflow
