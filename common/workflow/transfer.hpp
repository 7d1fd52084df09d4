// Who owns and serves a customer file, and where it belongs, changed at once by those who may.
// Source: domain WF-13, 3.3 "transfer owner". What others sign first: handover.hpp.
#pragma once

#include "common/workflow/establishment.hpp"

namespace dossier::workflow {
namespace transfer {

using catalog::FileState;

inline constexpr std::array kStates{
    State{.code = FileState::kDraft, .is_first = true},
    State{.code = FileState::kSuperiorReview, .led_by = "WF-01"},
    State{.code = FileState::kInspection, .led_by = "WF-01"},
    State{.code = FileState::kClerkPosting, .led_by = "WF-01"},
    State{.code = FileState::kReturned, .led_by = "WF-01"},
    State{.code = FileState::kActive, .led_by = "WF-01"},
    State{.code = FileState::kArchived, .led_by = "WF-01"},
    State{.code = FileState::kVoid, .led_by = "WF-01"},
    State{.code = FileState::kDestroyPending, .led_by = "WF-10"},
    State{.code = FileState::kDestroyed, .is_final = true, .led_by = "WF-10"},
};
inline constexpr std::array kMovable{
    FileState::kDraft,        FileState::kSuperiorReview, FileState::kInspection,
    FileState::kClerkPosting, FileState::kReturned,       FileState::kActive,
    FileState::kArchived,     FileState::kVoid,           FileState::kDestroyPending};
inline constexpr std::array kInputs{
    Input{.field = "owner_user_id"}, Input{.field = "service_user_id"}, Input{.field = "region_id"},
    Input{.field = "department_id"}, Input{.field = "custodian_user_id"}};
inline constexpr std::array<std::string_view, 2> kServiceOnly{"service_user_id",
                                                              "custodian_user_id"};
// Who serves a customer and keeps up its file is also for who manages the access to it: the service
// manager.
inline constexpr std::array kByReach{Right{.by = Authority::Operation,
                                           .operation = access::Operation::Transfer,
                                           .facet = catalog::Facet::Directory},
                                     Right{.by = Authority::Operation,
                                           .operation = access::Operation::ManageAccess,
                                           .facet = catalog::Facet::Directory,
                                           .limited_to = kServiceOnly}};

inline constexpr std::array kSteps{Step{.from = kMovable,
                                        .event = "transfer",
                                        .label = {"移交", "transfer"},
                                        .to = {},
                                        .who = kByReach,
                                        .inputs = kInputs,
                                        .keeps_reach = true,
                                        .effect = Effect::Reassign}};

}  // namespace transfer

inline constexpr Machine kTransfer{.name = "transfer",
                                   .label = {"移交", "transfer"},
                                   .source = "WF-13",
                                   .kind = &catalog::kCustomer,
                                   .state_field = "file_state",
                                   .states = transfer::kStates,
                                   .steps = transfer::kSteps};

}  // namespace dossier::workflow
