// Two customer files that may be one: what is decided about the pair, the merge, its way back.
// Source: domain WF-12, C-12, C-30.
#pragma once

#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace duplicate {

using access::Operation;
using access::Role;
using catalog::MergeState;
using catalog::PairState;

inline constexpr std::array kPairStates{State{.code = PairState::kOpen, .is_first = true},
                                        State{.code = PairState::kProposed},
                                        State{.code = PairState::kNotDuplicate, .is_decided = true},
                                        State{.code = PairState::kRelated, .is_decided = true},
                                        State{.code = PairState::kMerged, .is_decided = true}};
inline constexpr std::array kFromOpen{PairState::kOpen};
inline constexpr std::array kFromProposed{PairState::kProposed};
inline constexpr std::array kUndecided{PairState::kOpen, PairState::kProposed};
inline constexpr std::array kTwo{PairState::kNotDuplicate, PairState::kRelated};
inline constexpr std::array kUnmerged{PairState::kOpen, PairState::kProposed,
                                      PairState::kNotDuplicate, PairState::kRelated};
inline constexpr std::array kFromMergedPair{PairState::kMerged};
inline constexpr std::array kByMerger{
    Right{.by = Authority::Files, .operation = Operation::MergeFiles}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array<std::string_view, 1> kDecider{"decided_by"};

constexpr Step on_pair(std::span<const std::string_view> from,
                       std::string_view event,
                       Text label,
                       std::string_view to,
                       std::span<const Right> who,
                       std::span<const std::string_view> differs_from = {}) {
    return {.from = from,
            .event = event,
            .label = label,
            .to = to,
            .who = who,
            .differs_from = differs_from,
            .at_office = true,
            .signed_by = "decided_by",
            .signed_at = "decided_at",
            .because = "reason"};
}
inline constexpr std::array kPairSteps{
    on_pair(
        kFromOpen, "propose", {"提议合并", "propose the merge"}, PairState::kProposed, kByMerger),
    // Another takes the proposal over, so that the first may merge what takes two.
    on_pair(kFromProposed,
            "propose",
            {"提议合并", "propose the merge"},
            PairState::kProposed,
            kByMerger,
            kDecider),
    on_pair(kUndecided,
            "not_duplicate",
            {"不是重复", "not a duplicate"},
            PairState::kNotDuplicate,
            kByMerger),
    on_pair(kUndecided, "related", {"关联客户", "related"}, PairState::kRelated, kByMerger),
    on_pair(kTwo, "renew", {"重新提示", "bring it up again"}, PairState::kOpen, kByOffice),
    on_pair(kUnmerged, "join", {"记为已合并", "note the merge"}, PairState::kMerged, kByOffice),
    on_pair(kFromMergedPair,
            "part",
            {"记为已撤销", "note that it was taken back"},
            PairState::kOpen,
            kByOffice),
};

inline constexpr std::array kMergeStates{State{.code = MergeState::kMerged, .is_first = true},
                                         State{.code = MergeState::kUndone, .is_final = true}};
inline constexpr std::array kFromMerged{MergeState::kMerged};
inline constexpr std::array<Role, 1> kServiceManager{Role::ServiceManager};
inline constexpr std::array kByManager{
    Right{.by = Authority::Files, .operation = Operation::MergeFiles, .roles = kServiceManager}};
inline constexpr std::array kMergeable{Guard::FilesRemain, Guard::AbsorbedSettled,
                                       Guard::SecondPerson};
inline constexpr std::array kPartable{Guard::MergedFirst, Guard::InTimeToPart};

inline constexpr std::array kMergeSteps{
    Step{.from = {},
         .event = "merge",
         .label = {"合并", "merge"},
         .to = MergeState::kMerged,
         .who = kByMerger,
         .guards = kMergeable,
         .at_office = true,
         .takes_values = true,
         .signed_by = "merged_by",
         .signed_at = "merged_at",
         .because = "reason",
         .effect = Effect::MergeFiles},
    Step{.from = kFromMerged,
         .event = "unmerge",
         .label = {"撤销合并", "take the merge back"},
         .to = MergeState::kUndone,
         .who = kByManager,
         .guards = kPartable,
         .at_office = true,
         .signed_by = "undone_by",
         .signed_at = "undone_at",
         .effect = Effect::PartFiles},
};

}  // namespace duplicate

inline constexpr Machine kDuplicatePair{.name = "duplicate",
                                        .label = {"疑似重复", "possible duplicate"},
                                        .source = "WF-12",
                                        .kind = &catalog::kDuplicate,
                                        .state_field = "state",
                                        .states = duplicate::kPairStates,
                                        .steps = duplicate::kPairSteps,
                                        .called_by = "number",
                                        .has_history = false,
                                        .own_actions = true};
/// A merge is asked of the customer that is absorbed.
inline constexpr Machine kMerging{.name = "merge",
                                  .label = {"客户合并", "merge of two files"},
                                  .source = "WF-12",
                                  .kind = &catalog::kMerge,
                                  .state_field = "state",
                                  .states = duplicate::kMergeStates,
                                  .steps = duplicate::kMergeSteps,
                                  .asked_of = &catalog::kCustomer,
                                  .called_by = "number",
                                  .has_history = false,
                                  .own_actions = true};

}  // namespace dossier::workflow
