// An access grant is in force until it is taken back; its term ends it by a job of the office.
// Source: domain 2.5.3 access_grant.
#pragma once

#include "common/catalog/organisation.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace grant {

inline constexpr std::string_view kInForce = "in_force";
inline constexpr std::string_view kEnded = "ended";
inline constexpr std::array kStates{
    State{.code = kInForce, .is_first = true, .label = {"有效", "in force"}},
    State{.code = kEnded, .is_final = true, .label = {"已终止", "ended"}}};
inline constexpr std::array kFrom{kInForce};
inline constexpr std::array kByAccess{
    Right{.by = Authority::Grant, .operation = access::Operation::ManageAccess}};
inline constexpr std::array kSteps{Step{.from = kFrom,
                                        .event = "revoke",
                                        .label = {"撤销授权", "revoke"},
                                        .to = kEnded,
                                        .who = kByAccess,
                                        .signed_by = "revoked_by",
                                        .signed_at = "revoked_at"}};

}  // namespace grant

inline constexpr Machine kGrant{.name = "grant",
                                .label = {"查阅授权", "access grant"},
                                .source = "2.5.3",
                                .kind = &catalog::kAccessGrant,
                                .state_field = "revoked_at",
                                .states = grant::kStates,
                                .steps = grant::kSteps,
                                .own_actions = true};

}  // namespace dossier::workflow
