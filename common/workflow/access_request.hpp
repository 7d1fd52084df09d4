// A request to read: signed by the marketing director or the general manager, of extracts and
// statistics by the department's own manager and the service manager; signed, it is a grant that
// ends by itself. Source: domain WF-05 "electronic view", R-146, R-148, R-149.
#pragma once

#include "common/catalog/access_request.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace access_request {

inline constexpr auto kRequested = catalog::code_in(catalog::choices::kRequestState, "requested");
inline constexpr auto kGranted = catalog::code_in(catalog::choices::kRequestState, "granted");
inline constexpr auto kRejected = catalog::code_in(catalog::choices::kRequestState, "rejected");
inline constexpr auto kWithdrawn = catalog::code_in(catalog::choices::kRequestState, "withdrawn");

inline constexpr std::array kBegins{Guard::RequestFits};
inline constexpr std::array kStates{
    State{.code = kRequested,
          .is_first = true,
          .begins_with = kBegins,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "read_access"),
                     .when_signed = "grant_access",
                     .otherwise = "reject"}},
    State{.code = kGranted, .is_final = true, .is_goal = true},
    State{.code = kRejected, .is_final = true},
    State{.code = kWithdrawn, .is_final = true},
};
inline constexpr std::array kFromRequested{kRequested};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kByAsker{Right{.by = Authority::Assignee}};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kFromRequested,
         .event = "grant_access",
         .label = {"给予查阅授权", "give access"},
         .to = kGranted,
         .who = kByOffice,
         .signed_by = "approved_by",
         .signed_at = "approved_at",
         .effect = Effect::GiveAccess,
         .tells = kTellAuthor},
    Step{.from = kFromRequested,
         .event = "reject",
         .label = {"不批准查阅", "refuse access"},
         .to = kRejected,
         .who = kByOffice,
         .because = "remark",
         .tells = kTellAuthor},
    Step{.from = kFromRequested,
         .event = "withdraw",
         .label = {"撤回申请", "withdraw the request"},
         .to = kWithdrawn,
         .who = kByAsker},
};

}  // namespace access_request

inline constexpr Machine kAccessRequests{.name = "access_request",
                                         .label = {"查阅申请", "request for access"},
                                         .source = "WF-05",
                                         .kind = &catalog::kAccessRequest,
                                         .state_field = "state",
                                         .states = access_request::kStates,
                                         .steps = access_request::kSteps};

}  // namespace dossier::workflow
