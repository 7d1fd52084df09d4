// A secrecy mark: proposed by whoever is entitled, approved by another, in force for its term, and
// ended by its end alone, by a later mark, or early with a reason. Source: domain WF-08, 3.3,
// R-133, C-17.
#pragma once

#include "common/catalog/secrecy.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace secrecy {

using access::Role;

inline constexpr auto kProposed = catalog::code_in(catalog::choices::kMarkingState, "proposed");
inline constexpr auto kMarked = catalog::code_in(catalog::choices::kMarkingState, "marked");
inline constexpr auto kExpired = catalog::code_in(catalog::choices::kMarkingState, "expired");
inline constexpr auto kDeclassified =
    catalog::code_in(catalog::choices::kMarkingState, "declassified");
inline constexpr auto kReplaced = catalog::code_in(catalog::choices::kMarkingState, "replaced");
inline constexpr auto kRejected = catalog::code_in(catalog::choices::kMarkingState, "rejected");
inline constexpr auto kLapsed = catalog::code_in(catalog::choices::kMarkingState, "lapsed");
inline constexpr auto kWithdrawn = catalog::code_in(catalog::choices::kMarkingState, "withdrawn");

inline constexpr std::array kBegins{Guard::MarkFits};
inline constexpr std::array kStates{
    State{.code = kProposed,
          .is_first = true,
          .begins_with = kBegins,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "secrecy"),
                     .when_signed = "approve",
                     .otherwise = "reject"}},
    State{.code = kMarked},
    State{.code = kExpired, .is_final = true, .is_goal = true},
    State{.code = kDeclassified, .is_final = true},
    State{.code = kReplaced, .is_final = true},
    State{.code = kRejected, .is_final = true},
    State{.code = kLapsed, .is_final = true},
    State{.code = kWithdrawn, .is_final = true},
};
inline constexpr std::array kFromProposed{kProposed};
inline constexpr std::array kFromMarked{kMarked};

inline constexpr std::array kOfTop{Role::GeneralManager};
inline constexpr std::array kBelow{Role::ServiceManager, Role::GeneralManager};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
inline constexpr std::array kByTop{Right{.by = Authority::Role, .roles = kOfTop}};
inline constexpr std::array kByBelow{Right{.by = Authority::Role, .roles = kBelow}};
inline constexpr std::array kEnds{Guard::TermOver, Guard::NotHeld};
inline constexpr std::array kFree{Guard::NotHeld};
inline constexpr std::array kTellAuthor{Told::Author};
inline constexpr std::array kTellBoth{Told::Author, Told::Owner};

constexpr Step declassify(When when, std::span<const Right> who) {
    return {.from = kFromMarked,
            .event = "declassify",
            .label = {"提前解密", "declassify early"},
            .to = kDeclassified,
            .who = who,
            .when = when,
            .guards = kFree,
            .says_why = true,
            .at_office = true,
            .signed_by = "ended_by",
            .signed_at = "ended_at",
            .because = "remark",
            .effect = Effect::EndMark,
            .tells = kTellBoth};
}
inline constexpr std::array kSteps{
    Step{.from = kFromProposed,
         .event = "approve",
         .label = {"批准定密", "approve the mark"},
         .to = kMarked,
         .who = kByOffice,
         .signed_by = "approved_by",
         .signed_at = "effective_at",
         .effect = Effect::TakeMark,
         .tells = kTellBoth},
    Step{.from = kFromProposed,
         .event = "reject",
         .label = {"不批准定密", "reject the mark"},
         .to = kRejected,
         .who = kByOffice,
         .because = "remark",
         .tells = kTellAuthor},
    Step{.from = kFromProposed,
         .event = "withdraw",
         .label = {"撤回定密", "withdraw the mark"},
         .to = kWithdrawn,
         .who = kByAuthor},
    // What was proposed in view of another level than the one that holds now (C-17).
    Step{.from = kFromProposed,
         .event = "lapse",
         .label = {"定密失效", "let the proposal lapse"},
         .to = kLapsed,
         .who = kByOffice,
         .signed_at = "ended_at",
         .tells = kTellAuthor},
    Step{.from = kFromMarked,
         .event = "replace",
         .label = {"取代", "replace"},
         .to = kReplaced,
         .who = kByOffice,
         .signed_at = "ended_at"},
    Step{.from = kFromMarked,
         .event = "expire",
         .label = {"到期解密", "declassify at its term"},
         .to = kExpired,
         .who = kByOffice,
         .guards = kEnds,
         .signed_at = "ended_at",
         .effect = Effect::EndMark,
         .tells = kTellBoth},
    declassify(When::BelowTop, kByBelow),
    declassify(When::TopSecret, kByTop),
};

}  // namespace secrecy

inline constexpr Machine kSecrecyMarkings{.name = "secrecy_marking",
                                          .label = {"定密", "secrecy marking"},
                                          .source = "WF-08",
                                          .kind = &catalog::kSecrecyMarking,
                                          .state_field = "state",
                                          .states = secrecy::kStates,
                                          .steps = secrecy::kSteps};

}  // namespace dossier::workflow
