// Something of a file is given to an outsider: prepared by the service department, approved by its
// manager, above 秘密 by the general manager, and given as the office has it then. Source: domain
// 3.3 "external disclosure", R-137, R-138, AS-37.
#pragma once

#include "common/catalog/disclosure.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace disclosure {

using access::Role;

inline constexpr auto kPrepared = catalog::code_in(catalog::choices::kDisclosureState, "prepared");
inline constexpr auto kApproved = catalog::code_in(catalog::choices::kDisclosureState, "approved");
inline constexpr auto kGiven = catalog::code_in(catalog::choices::kDisclosureState, "given");
inline constexpr auto kRejected = catalog::code_in(catalog::choices::kDisclosureState, "rejected");
inline constexpr auto kWithdrawn =
    catalog::code_in(catalog::choices::kDisclosureState, "withdrawn");

inline constexpr std::array kFits{Guard::DisclosureFits};
inline constexpr std::array kStates{
    State{.code = kPrepared,
          .is_first = true,
          .begins_with = kFits,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "disclosure"),
                     .when_signed = "approve",
                     .otherwise = "reject"}},
    State{.code = kApproved},
    State{.code = kGiven, .is_final = true, .is_goal = true},
    State{.code = kRejected, .is_final = true},
    State{.code = kWithdrawn, .is_final = true},
};
inline constexpr std::array kFromPrepared{kPrepared};
inline constexpr std::array kFromApproved{kApproved};
inline constexpr std::array kNotGiven{kPrepared, kApproved};
inline constexpr std::array kServiceDesk{Role::ServiceStaff, Role::ServiceSupervisor,
                                         Role::ServiceManager};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
// Who prepared it reads it, whatever its level; others of the desk as far as they read the file.
inline constexpr std::array kByDesk{Right{.by = Authority::Author},
                                    Right{.by = Authority::Role, .roles = kServiceDesk}};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kFromPrepared,
         .event = "approve",
         .label = {"批准对外提供", "approve the disclosure"},
         .to = kApproved,
         .who = kByOffice,
         .signed_by = "approved_by",
         .signed_at = "approved_at",
         .tells = kTellAuthor},
    Step{.from = kFromPrepared,
         .event = "reject",
         .label = {"不批准对外提供", "reject the disclosure"},
         .to = kRejected,
         .who = kByOffice,
         .because = "remark",
         .tells = kTellAuthor},
    // What leaves is what the office has at that moment; what is not verified yet is no part of it.
    Step{.from = kFromApproved,
         .event = "give",
         .label = {"提供", "give"},
         .to = kGiven,
         .who = kByDesk,
         .guards = kFits,
         .at_office = true,
         .signed_by = "given_by",
         .signed_at = "given_at",
         .effect = Effect::FixValues},
    Step{.from = kNotGiven,
         .event = "withdraw",
         .label = {"撤回对外提供", "withdraw the disclosure"},
         .to = kWithdrawn,
         .who = kByAuthor,
         .says_why = true,
         .because = "remark"},
};

}  // namespace disclosure

inline constexpr Machine kDisclosures{.name = "disclosure",
                                      .label = {"对外提供", "disclosure"},
                                      .source = "3.3",
                                      .kind = &catalog::kDisclosure,
                                      .state_field = "state",
                                      .states = disclosure::kStates,
                                      .steps = disclosure::kSteps};

}  // namespace dossier::workflow
