// Files loaded from a table as one batch: put to the service manager, posted once he signed.
// Source: domain WF-01, R-031, 2.5.3 approval kind file_admit.
#pragma once

#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace import_batch {

using catalog::BatchState;

inline constexpr std::array kStates{
    State{.code = BatchState::kLoading, .is_first = true},
    State{.code = BatchState::kInReview,
          .awaits = {.approval = catalog::code_in(catalog::choices::kApprovalKind, "file_admit"),
                     .when_signed = "admit",
                     .otherwise = "refuse"}},
    State{.code = BatchState::kAdmitted},
    State{.code = BatchState::kPosted, .is_final = true, .is_goal = true},
    State{.code = BatchState::kRefused, .is_final = true},
};
inline constexpr std::array kFromLoading{BatchState::kLoading};
inline constexpr std::array kFromReview{BatchState::kInReview};
inline constexpr std::array kFromAdmitted{BatchState::kAdmitted};
inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
inline constexpr std::array kByOffice{Right{.by = Authority::Office}};
inline constexpr std::array kFilled{Guard::BatchFilled};
inline constexpr std::array kTellAuthor{Told::Author};

inline constexpr std::array kSteps{
    Step{.from = kFromLoading,
         .event = "submit",
         .label = {"送审批次", "put the batch to approval"},
         .to = BatchState::kInReview,
         .who = kByAuthor,
         .guards = kFilled,
         .at_office = true,
         .signed_at = "submitted_at",
         .effect = Effect::CountBatch},
    Step{.from = kFromReview,
         .event = "admit",
         .label = {"批准批次", "approve the batch"},
         .to = BatchState::kAdmitted,
         .who = kByOffice,
         .signed_at = "decided_at",
         .because = "remark",
         .tells = kTellAuthor},
    Step{.from = kFromReview,
         .event = "refuse",
         .label = {"不批准批次", "refuse the batch"},
         .to = BatchState::kRefused,
         .who = kByOffice,
         .signed_at = "decided_at",
         .because = "remark",
         .tells = kTellAuthor},
    // Posted file by file beside everybody's work, so not in the unit of the last signature.
    Step{.from = kFromAdmitted,
         .event = "close",
         .label = {"批次入库完毕", "the batch is posted"},
         .to = BatchState::kPosted,
         .who = kByOffice,
         .effect = Effect::CountBatch,
         .tells = kTellAuthor},
};

}  // namespace import_batch

inline constexpr Machine kImportBatches{.name = "import_batch",
                                        .label = {"批次审批", "approval of a batch"},
                                        .source = "WF-01",
                                        .kind = &catalog::kImportBatch,
                                        .state_field = "state",
                                        .states = import_batch::kStates,
                                        .steps = import_batch::kSteps};

}  // namespace dossier::workflow
