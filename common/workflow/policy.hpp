// A policy of the company: written by the department that owns it, approved by the general manager,
// in effect from its day on until a later version is. Source: domain 2.5.6 policy_document, D-43,
// R-283 ….
#pragma once

#include "common/catalog/policy.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace policy {

inline constexpr auto kDrafted = catalog::code_in(catalog::choices::kPolicyState, "drafted");
inline constexpr auto kApproved = catalog::code_in(catalog::choices::kPolicyState, "approved");
inline constexpr auto kInEffect = catalog::code_in(catalog::choices::kPolicyState, "in_effect");
inline constexpr auto kReplaced = catalog::code_in(catalog::choices::kPolicyState, "replaced");
inline constexpr auto kRejected = catalog::code_in(catalog::choices::kPolicyState, "rejected");
inline constexpr auto kWithdrawn = catalog::code_in(catalog::choices::kPolicyState, "withdrawn");

inline constexpr std::array kBegins{Guard::VersionIsNew};
inline constexpr std::array kStates{
    State{.code = kDrafted,
          .is_first = true,
          .begins_with = kBegins,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "policy"),
                     .when_signed = "approve",
                     .otherwise = "reject"}},
    State{.code = kApproved},
    State{.code = kInEffect, .is_goal = true},
    State{.code = kReplaced, .is_final = true},
    State{.code = kRejected, .is_final = true},
    State{.code = kWithdrawn, .is_final = true},
};
inline constexpr std::array kFromDrafted{kDrafted};
inline constexpr std::array kFromApproved{kApproved};
inline constexpr std::array kFromInEffect{kInEffect};
inline constexpr std::array kNotYet{kDrafted, kApproved};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kFromDrafted,
         .event = "approve",
         .label = {"批准制度", "approve the policy"},
         .to = kApproved,
         .who = kByOffice,
         .signed_by = "approved_by",
         .signed_at = "approved_at",
         .tells = kTellAuthor},
    Step{.from = kFromDrafted,
         .event = "reject",
         .label = {"不批准制度", "reject the policy"},
         .to = kRejected,
         .who = kByOffice,
         .because = "remark",
         .tells = kTellAuthor},
    Step{.from = kNotYet,
         .event = "withdraw",
         .label = {"撤回制度", "withdraw the policy"},
         .to = kWithdrawn,
         .who = kByAuthor,
         .says_why = true,
         .because = "remark"},
    Step{.from = kFromApproved,
         .event = "take_effect",
         .label = {"施行", "take effect"},
         .to = kInEffect,
         .who = kByOffice,
         .on_day = "effective_on",
         .signed_at = "effective_at",
         .effect = Effect::IssueDocument},
    Step{.from = kFromInEffect,
         .event = "replace",
         .label = {"取代制度", "replace the policy"},
         .to = kReplaced,
         .who = kByOffice,
         .signed_at = "ended_at"},
};

// Reading is one step: the record of it says all.
inline constexpr auto kRead = catalog::code_in(catalog::choices::kAcknowledged, "read");
inline constexpr std::array kReadable{Guard::PolicyInEffect};
inline constexpr std::array kReadStates{State{.code = kRead,
                                              .is_first = true,
                                              .is_final = true,
                                              .is_goal = true,
                                              .begins_with = kReadable,
                                              .on_arrival = Effect::NoteVersion}};

}  // namespace policy

inline constexpr Machine kPolicies{.name = "policy",
                                   .label = {"制度", "policy"},
                                   .source = "2.5.6",
                                   .kind = &catalog::kPolicy,
                                   .state_field = "state",
                                   .states = policy::kStates,
                                   .steps = policy::kSteps};
inline constexpr Machine kAcknowledgements{.name = "policy_acknowledgement",
                                           .label = {"制度签收", "acknowledgement"},
                                           .source = "D-43",
                                           .kind = &catalog::kAcknowledgement,
                                           .state_field = "state",
                                           .states = policy::kReadStates,
                                           .steps = {}};

}  // namespace dossier::workflow
