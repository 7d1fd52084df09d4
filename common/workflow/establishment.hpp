// A customer file from draft to active, archived or void. Source: domain WF-01, WF-11.
// Not here: `destroy_pending` and `destroyed` (WF-10).
#pragma once

#include "common/catalog/customer.hpp"
#include "common/catalog/field_check.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/machine.hpp"

namespace dossier::workflow {
namespace establishment {

using access::Operation;
using access::Role;
using catalog::FileState;

inline constexpr std::array kStates{
    State{.code = FileState::kDraft, .is_first = true},
    State{.code = FileState::kSuperiorReview},
    State{.code = FileState::kInspection},
    State{.code = FileState::kClerkPosting},
    State{.code = FileState::kReturned},
    State{.code = FileState::kActive},
    State{.code = FileState::kArchived},
    State{.code = FileState::kVoid, .is_final = true},
    State{.code = FileState::kDestroyPending, .is_final = true, .led_by = "WF-10"},
    State{.code = FileState::kDestroyed, .is_final = true, .led_by = "WF-10"},
};

inline constexpr std::array kInspectors{Role::MarketInspector};
inline constexpr std::array kServiceManagers{Role::ServiceManager};

inline constexpr std::array kByAuthor{Right{.by = Authority::Author}};
inline constexpr std::array kBySuperior{Right{.by = Authority::Superior}};
inline constexpr std::array kByAuthorOrSuperior{Right{.by = Authority::Author},
                                                Right{.by = Authority::Superior}};
inline constexpr std::array kByInspector{Right{.by = Authority::Role, .roles = kInspectors}};
inline constexpr std::array kClerks{Role::InfoClerk};
inline constexpr std::array kByClerk{
    Right{.by = Authority::Operation, .operation = Operation::Verify, .asked = kClerks}};
inline constexpr std::array kByServiceManager{
    Right{.by = Authority::Role, .roles = kServiceManagers}};

inline constexpr std::array kFromDraft{FileState::kDraft};
inline constexpr std::array kFromReview{FileState::kSuperiorReview};
inline constexpr std::array kFromInspection{FileState::kInspection};
inline constexpr std::array kFromPosting{FileState::kClerkPosting};
inline constexpr std::array kFromReturned{FileState::kReturned};
inline constexpr std::array kFromActive{FileState::kActive};
inline constexpr std::array kFromArchived{FileState::kArchived};
inline constexpr std::array kLive{FileState::kDraft,      FileState::kSuperiorReview,
                                  FileState::kInspection, FileState::kClerkPosting,
                                  FileState::kReturned,   FileState::kActive,
                                  FileState::kArchived};

inline constexpr std::array<std::string_view, 1> kAuthor{"created_by"};
inline constexpr std::array kSubmittable{Guard::HasSuperior, Guard::SubmissionFilled};
inline constexpr std::array kInspectable{Guard::Checked};
inline constexpr std::array kOfficesOwn{Guard::OfficeMade, Guard::PostedWithBatch, Guard::NoTwin};
inline constexpr std::array kFilledAndUnique{Guard::SubmissionFilled, Guard::NoTwin};
inline constexpr std::array kHasTwin{Guard::TwinRemains};
inline constexpr std::array kUnwritten{Guard::NoCommunication, Guard::NeverDealtWith};
inline constexpr std::array kSettledFile{Guard::NothingOpen};
inline constexpr std::array kEndable{Guard::NothingOpen, Guard::ComplaintsSettled};
inline constexpr std::array kVoidable{Guard::NothingOpen, Guard::NeverDealtWith};

inline constexpr std::array kTwinInput{Input{"duplicate_of_id", true}};
inline constexpr std::array kTellAuthor{Told::Author};
inline constexpr std::array kTellPosted{Told::Author, Told::Owner, Told::Keepers,
                                        Told::Subscribers};

inline constexpr Due kSubmitDue{
    .days = 7, .setting = "est.deadline_days", .since = "first_contact_at"};
inline constexpr Due kReviewDue{.days = 2, .setting = "est.review_days"};
inline constexpr Due kResubmitDue{.days = 3, .setting = "est.resubmit_days"};
inline constexpr Due kInspectDue{.days = 5, .setting = "est.inspection_days"};
inline constexpr Due kPostDue{.days = 2, .setting = "est.file_days"};

inline constexpr std::array kSteps{
    Step{.from = kFromDraft,
         .event = "submit",
         .label = {"提交审核", "submit"},
         .to = FileState::kSuperiorReview,
         .who = kByAuthor,
         .guards = kSubmittable,
         .due = kSubmitDue,
         .signed_at = "submitted_at",
         .effect = Effect::ChooseInspection},
    Step{.from = kFromDraft,
         .event = "discard",
         .label = {"放弃草稿", "discard"},
         .to = FileState::kVoid,
         .who = kByAuthorOrSuperior,
         .guards = kUnwritten,
         .says_why = true,
         .like_removal = true},
    Step{.from = kFromReview,
         .event = "approve",
         .label = {"上级审核通过", "approve"},
         .to = FileState::kInspection,
         .who = kBySuperior,
         .differs_from = kAuthor,
         .when = When::Inspected,
         .due = kReviewDue,
         .effect = Effect::PassOn},
    // The superior is never skipped, the inspector may be (D-02).
    Step{.from = kFromReview,
         .event = "approve",
         .label = {"上级审核通过", "approve"},
         .to = FileState::kClerkPosting,
         .who = kBySuperior,
         .differs_from = kAuthor,
         .when = When::Waived,
         .due = kReviewDue,
         .effect = Effect::PassOn},
    Step{.from = kFromReview,
         .event = "return",
         .label = {"退回", "return"},
         .to = FileState::kReturned,
         .who = kBySuperior,
         .says_why = true,
         .due = kReviewDue,
         .tells = kTellAuthor},
    Step{.from = kFromReturned,
         .event = "resubmit",
         .label = {"重新提交", "submit again"},
         .to = FileState::kSuperiorReview,
         .who = kByAuthor,
         .guards = kSubmittable,
         .due = kResubmitDue,
         .effect = Effect::ChooseInspection},
    Step{.from = kFromInspection,
         .event = "verified",
         .label = {"核实属实", "verified"},
         .to = FileState::kClerkPosting,
         .who = kByInspector,
         .differs_from = kAuthor,
         .guards = kInspectable,
         .says_why = true,
         .rests_on = &catalog::kFieldCheck,
         .due = kInspectDue},
    Step{.from = kFromInspection,
         .event = "refuted",
         .label = {"核实不符", "refuted"},
         .to = FileState::kReturned,
         .who = kByInspector,
         .says_why = true,
         .due = kInspectDue,
         .tells = kTellAuthor},
    Step{.from = kFromInspection,
         .event = "nonexistent",
         .label = {"查无此户", "no such customer"},
         .to = FileState::kVoid,
         .who = kByInspector,
         .guards = kSettledFile,
         .says_why = true,
         .due = kInspectDue,
         .tells = kTellAuthor},
    // What the office itself enters or imports is posted without the chain (D-36).
    Step{.from = kFromDraft,
         .event = "post",
         .label = {"入库", "post"},
         .to = FileState::kActive,
         .who = kByClerk,
         .guards = kOfficesOwn,
         .signed_at = "last_verified_at",
         .effect = Effect::NumberFile},
    Step{.from = kFromPosting,
         .event = "post",
         .label = {"入库", "post"},
         .to = FileState::kActive,
         .who = kByClerk,
         .guards = kFilledAndUnique,
         .due = kPostDue,
         .signed_at = "last_verified_at",
         .effect = Effect::NumberFile,
         .tells = kTellPosted},
    Step{.from = kFromPosting,
         .event = "return",
         .label = {"退回", "return"},
         .to = FileState::kReturned,
         .who = kByClerk,
         .says_why = true,
         .due = kPostDue,
         .tells = kTellAuthor},
    Step{.from = kFromPosting,
         .event = "is_duplicate",
         .label = {"与已有档案重复", "is a duplicate"},
         .to = FileState::kVoid,
         .who = kByClerk,
         .guards = kHasTwin,
         .inputs = kTwinInput,
         .says_why = true,
         .at_office = true,
         .due = kPostDue,
         .effect = Effect::ProposeMerge,
         .tells = kTellAuthor},
    Step{.from = kFromActive,
         .event = "archive",
         .label = {"归档", "archive"},
         .to = FileState::kArchived,
         .who = kByServiceManager,
         .guards = kEndable,
         .says_why = true},
    Step{.from = kFromActive,
         .event = "make_key",
         .label = {"设为重点客户", "make a key customer"},
         .to = {},
         .who = kByServiceManager,
         .when = When::NotKey,
         .at_office = true,
         .effect = Effect::MakeKey},
    Step{.from = kFromActive,
         .event = "end_key",
         .label = {"取消重点客户", "no key customer any more"},
         .to = {},
         .who = kByServiceManager,
         .when = When::Key,
         .at_office = true,
         .effect = Effect::MakeKey},
    Step{.from = kFromArchived,
         .event = "reactivate",
         .label = {"恢复", "reactivate"},
         .to = FileState::kActive,
         .who = kByServiceManager},
    Step{.from = kLive,
         .event = "void",
         .label = {"作废", "void"},
         .to = FileState::kVoid,
         .who = kByServiceManager,
         .guards = kVoidable,
         .says_why = true,
         .like_removal = true},
};

}  // namespace establishment

inline constexpr Machine kEstablishment{.name = "establishment",
                                        .label = {"建档与核实", "establishment of a file"},
                                        .source = "WF-01",
                                        .kind = &catalog::kCustomer,
                                        .state_field = "file_state",
                                        .states = establishment::kStates,
                                        .steps = establishment::kSteps,
                                        .called_by = "customer_no|provisional_no"};

}  // namespace dossier::workflow
