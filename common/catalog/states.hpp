// The codes of states as constants: no other file writes one as a literal. A code that is not in
// its list of choices does not compile.
#pragma once

#include "common/catalog/choices.hpp"
#include "common/catalog/choices_work.hpp"
#include "common/catalog/complaint.hpp"
#include "common/catalog/doc_request.hpp"
#include "common/catalog/document.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/handover.hpp"
#include "common/catalog/import_batch.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/review_task.hpp"
#include "common/catalog/task.hpp"
#include "common/catalog/trade.hpp"

namespace dossier::catalog {

/// A code of a list of choices; a typing error does not compile.
consteval std::string_view code_in(std::span<const Choice> choices, std::string_view code) {
    for (const Choice& choice : choices) {
        if (choice.code == code) return choice.code;
    }
    throw "no such code";  // reached at compile time only: the build stops here
}

/// customer.file_state. Source: domain WF-01, WF-10, WF-11.
struct FileState {
    static constexpr auto kDraft = code_in(choices::kFileState, "draft");
    static constexpr auto kSuperiorReview = code_in(choices::kFileState, "superior_review");
    static constexpr auto kInspection = code_in(choices::kFileState, "inspection");
    static constexpr auto kClerkPosting = code_in(choices::kFileState, "clerk_posting");
    static constexpr auto kReturned = code_in(choices::kFileState, "returned");
    static constexpr auto kActive = code_in(choices::kFileState, "active");
    static constexpr auto kArchived = code_in(choices::kFileState, "archived");
    static constexpr auto kVoid = code_in(choices::kFileState, "void");
    static constexpr auto kDestroyPending = code_in(choices::kFileState, "destroy_pending");
    static constexpr auto kDestroyed = code_in(choices::kFileState, "destroyed");
};

/// case.state.
struct CaseState {
    static constexpr auto kOpen = code_in(choices::kCaseState, "open");
    static constexpr auto kAuto = code_in(choices::kCaseState, "auto");
    static constexpr auto kRuled = code_in(choices::kCaseState, "ruled");
};

/// proposal.state. Source: domain WF-17.
struct ProposalState {
    static constexpr auto kOpen = code_in(choices::kProposalState, "open");
    static constexpr auto kAccepted = code_in(choices::kProposalState, "accepted");
    static constexpr auto kRefused = code_in(choices::kProposalState, "refused");
    static constexpr auto kInCase = code_in(choices::kProposalState, "in_case");
    static constexpr auto kWithdrawn = code_in(choices::kProposalState, "withdrawn");
};

/// duplicate_candidate.state. Source: domain WF-12.
struct PairState {
    static constexpr auto kOpen = code_in(choices::kPairState, "open");
    static constexpr auto kProposed = code_in(choices::kPairState, "proposed");
    static constexpr auto kMerged = code_in(choices::kPairState, "merged");
    static constexpr auto kNotDuplicate = code_in(choices::kPairState, "not_duplicate");
    static constexpr auto kRelated = code_in(choices::kPairState, "related");
};

/// merge_record.state. Source: domain WF-12.
struct MergeState {
    static constexpr auto kMerged = code_in(choices::kMergeState, "merged");
    static constexpr auto kUndone = code_in(choices::kMergeState, "undone");
};

/// task.state.
struct TaskState {
    static constexpr auto kOpen = code_in(choices::kTaskState, "open");
    static constexpr auto kDone = code_in(choices::kTaskState, "done");
    static constexpr auto kCancelled = code_in(choices::kTaskState, "cancelled");
};

/// approval.state.
struct ApprovalState {
    static constexpr auto kOpen = code_in(choices::kApprovalState, "open");
    static constexpr auto kApproved = code_in(choices::kApprovalState, "approved");
    static constexpr auto kRejected = code_in(choices::kApprovalState, "rejected");
    static constexpr auto kReturned = code_in(choices::kApprovalState, "returned");
    static constexpr auto kWithdrawn = code_in(choices::kApprovalState, "withdrawn");
    static constexpr auto kExpired = code_in(choices::kApprovalState, "expired");
};

/// region.inspection.
struct Inspection {
    static constexpr auto kSampled = code_in(choices::kInspection, "sampled");
    static constexpr auto kOff = code_in(choices::kInspection, "off");
};

/// doc_request.state.
struct DocRequestState {
    static constexpr auto kOpen = code_in(choices::kDocRequestState, "open");
    static constexpr auto kFulfilled = code_in(choices::kDocRequestState, "fulfilled");
    static constexpr auto kWithdrawn = code_in(choices::kDocRequestState, "withdrawn");
};

/// handover.state and .kind. Source: domain WF-13.
struct HandoverState {
    static constexpr auto kRequested = code_in(choices::kHandoverState, "requested");
    static constexpr auto kApproved = code_in(choices::kHandoverState, "approved");
    static constexpr auto kHandedOver = code_in(choices::kHandoverState, "handed_over");
    static constexpr auto kTakenOver = code_in(choices::kHandoverState, "taken_over");
    static constexpr auto kEffective = code_in(choices::kHandoverState, "effective");
    static constexpr auto kRejected = code_in(choices::kHandoverState, "rejected");
    static constexpr auto kWithdrawn = code_in(choices::kHandoverState, "withdrawn");
};
struct HandoverKind {
    static constexpr auto kFiles = code_in(choices::kHandoverKind, "files");
    static constexpr auto kLeaver = code_in(choices::kHandoverKind, "leaver");
};

/// attachment.plan_state. Source: domain R-021.
struct PlanState {
    static constexpr auto kDraft = code_in(choices::kPlanState, "draft");
    static constexpr auto kInReview = code_in(choices::kPlanState, "in_review");
    static constexpr auto kAgreed = code_in(choices::kPlanState, "agreed");
    static constexpr auto kReturned = code_in(choices::kPlanState, "returned");
};

/// customer.relation_status, as far as rules ask for it. Source: domain 2.2.1.
struct RelationStatus {
    static constexpr auto kCooperating = code_in(choices::kRelationStatus, "cooperating");
    static constexpr auto kFollowed = code_in(choices::kRelationStatus, "followed");
    static constexpr auto kPotential = code_in(choices::kRelationStatus, "potential");
    static constexpr auto kLost = code_in(choices::kRelationStatus, "lost");
};

/// import_batch.state. Source: domain WF-01, R-031.
struct BatchState {
    static constexpr auto kLoading = code_in(choices::kBatchState, "loading");
    static constexpr auto kInReview = code_in(choices::kBatchState, "in_review");
    static constexpr auto kAdmitted = code_in(choices::kBatchState, "admitted");
    static constexpr auto kPosted = code_in(choices::kBatchState, "posted");
    static constexpr auto kRefused = code_in(choices::kBatchState, "refused");
};

/// work_log.state.
struct LogState {
    static constexpr auto kOpen = code_in(choices::kWorkLogState, "open");
    static constexpr auto kSubmitted = code_in(choices::kWorkLogState, "submitted");
    static constexpr auto kReviewed = code_in(choices::kWorkLogState, "reviewed");
};

/// contract.state.
struct ContractState {
    static constexpr auto kDraft = code_in(choices::kContractState, "draft");
    static constexpr auto kSigned = code_in(choices::kContractState, "signed");
    static constexpr auto kActive = code_in(choices::kContractState, "active");
    static constexpr auto kExpired = code_in(choices::kContractState, "expired");
    static constexpr auto kTerminated = code_in(choices::kContractState, "terminated");
};

/// transaction.state.
struct TradeState {
    static constexpr auto kIntent = code_in(choices::kTradeState, "intent");
    static constexpr auto kConfirmed = code_in(choices::kTradeState, "confirmed");
    static constexpr auto kDelivered = code_in(choices::kTradeState, "delivered");
    static constexpr auto kClosed = code_in(choices::kTradeState, "closed");
    static constexpr auto kCancelled = code_in(choices::kTradeState, "cancelled");
};

/// review_task.state. Source: domain WF-02.
struct ReviewState {
    static constexpr auto kOpen = code_in(choices::kReviewState, "open");
    static constexpr auto kOverdue = code_in(choices::kReviewState, "overdue");
    static constexpr auto kUnchanged = code_in(choices::kReviewState, "done_nochange");
    static constexpr auto kChanged = code_in(choices::kReviewState, "done_changed");
    static constexpr auto kAccepted = code_in(choices::kReviewState, "accepted");
};

/// complaint.state. Source: domain WF-09.
struct ComplaintState {
    static constexpr auto kReceived = code_in(choices::kComplaintState, "received");
    static constexpr auto kPlanned = code_in(choices::kComplaintState, "planned");
    static constexpr auto kInvestigating = code_in(choices::kComplaintState, "investigating");
    static constexpr auto kEscalated = code_in(choices::kComplaintState, "escalated");
    static constexpr auto kFound = code_in(choices::kComplaintState, "found");
    static constexpr auto kResolving = code_in(choices::kComplaintState, "resolving");
    static constexpr auto kClosed = code_in(choices::kComplaintState, "closed");
    static constexpr auto kInvalidClosed = code_in(choices::kComplaintState, "invalid_closed");
};

/// assist_request.state.
struct AssistState {
    static constexpr auto kOpen = code_in(choices::kAssistState, "open");
    static constexpr auto kAnswered = code_in(choices::kAssistState, "answered");
};

}  // namespace dossier::catalog
