// The one table from the names of guards and effects to the functions of the office. Each is short
// and says of one record what the domain page says of all.
#include <algorithm>

#include "common/access/faults.hpp"
#include "common/base/check.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/approvals.hpp"
#include "server/intake/asking.hpp"
#include "server/intake/batches.hpp"
#include "server/intake/complaints.hpp"
#include "server/intake/computed.hpp"
#include "server/intake/disclosing.hpp"
#include "server/intake/establishing.hpp"
#include "server/intake/hand.hpp"
#include "server/intake/handing.hpp"
#include "server/intake/marking.hpp"
#include "server/intake/merge.hpp"
#include "server/intake/policies.hpp"
#include "server/intake/reporting.hpp"
#include "server/intake/reviews.hpp"
#include "server/intake/trading.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCase;
using catalog::kCustomer;
using catalog::kProposal;
using workflow::Effect;
using workflow::Guard;

// ---- a customer file --------------------------------------------------------------------------

Status has_superior(const Hand& hand) {
    const auto subject = hand.desk.people.subject(hand.target.place, hand.target.values);
    return subject.superiors.empty() ? fail(merge::kNoSuperior) : Status{};
}

Status submission_filled(const Hand& hand) {
    const auto lacking = missing_in(hand.desk.store, hand.target.place, hand.target.values,
                                    catalog::Profile::Submission);
    return lacking.empty() ? Status{} : fail(merge::kNotFilled, catalog::called(lacking));
}

Status no_communication(const Hand& hand) {
    const auto file = hand.desk.store.file_of(hand.target.place.customer);
    const bool spoken = std::ranges::any_of(file, [&](const Place& member) {
        const auto* kind = catalog::find_kind(member.kind);
        if (kind == nullptr || kind->made_by != catalog::MadeBy::Record) return false;
        const auto values = hand.desk.store.load(member.kind, member.record);
        return values && find(*values, catalog::kDeletedAt) == nullptr;
    });
    return spoken ? fail(merge::kSpokenOf) : Status{};
}

/// The records of a kind in the customer's file that are still there.
std::vector<FieldValues> held_in_file(const Hand& hand, const catalog::Kind& kind) {
    std::vector<FieldValues> all;
    for (const Place& member : hand.desk.store.file_of(hand.target.place.customer)) {
        if (member.kind != kind.tag) continue;
        auto values = hand.desk.store.load(member.kind, member.record);
        if (values && find(*values, catalog::kDeletedAt) == nullptr)
            all.push_back(std::move(*values));
    }
    return all;
}

Status never_dealt_with(const Hand& hand) {
    for (const auto* kind : {&catalog::kContract, &catalog::kTransaction, &catalog::kComplaint}) {
        if (!held_in_file(hand, *kind).empty())
            return fail(merge::kDealtWith, dossier::pair_of(kind->label));
    }
    return {};
}

Status complaints_settled(const Hand& hand) {
    const auto complaints = held_in_file(hand, catalog::kComplaint);
    const bool open = std::ranges::any_of(complaints, [](const FieldValues& values) {
        const auto state = text_in(values, field(catalog::kComplaint, "state"));
        return state != catalog::ComplaintState::kClosed &&
               state != catalog::ComplaintState::kInvalidClosed;
    });
    return open ? fail(merge::kComplaintOpen) : Status{};
}

Status nothing_open(const Hand& hand) {
    const auto numbers = open_matters(hand.desk, hand.target.place.record);
    return numbers.empty() ? Status{} : fail(merge::kOpenMatters, numbers);
}

Status not_destroyed(const Hand& hand) {
    const bool gone = text_in(hand.target.values, field(kCustomer, "file_state")) ==
                      catalog::FileState::kDestroyed;
    return gone && !hand.desk.is_system() ? fail(access::kFaultDestroyed) : Status{};
}

Status number_file(Hand& hand) {
    static constexpr auto& kNumber = field(kCustomer, "customer_no");
    if (find(hand.after, kNumber.tag) == nullptr)
        assign(hand.after, kNumber.tag,
               next_customer_no(hand.desk.store, hand.after, hand.desk.bearer.now));
    return {};
}

/// A ruling takes effect before the case it rules is closed: what the same changeset decides does
/// not stand in its way. Where that is refused, nothing of the changeset holds.
bool is_settled_with_it(const Desk& desk, const RecordId& matter) {
    return std::ranges::any_of(desk.changeset.ops, [&](const merge::Op& op) {
        return op.kind == merge::OpKind::Event && op.record == matter;
    });
}

// ---- cases and proposals ----------------------------------------------------------------------

/// The Set of the same changeset has just made the chosen value current; if it did not, somebody
/// moved the case meanwhile and the reviewer must look again.
Status chosen_is_current(const Hand& hand) {
    const Value* chosen = find(hand.op.fields, field(kCase, "resolved_value").tag);
    const auto* json = chosen == nullptr ? nullptr : as_text(*chosen);
    const bool current =
        json != nullptr && catalog::values_json(*hand.about->kind, hand.disputed()) == *json;
    return current ? Status{} : fail(merge::kStale);
}

Status proposed_is_current(const Hand& hand) {
    const auto current = catalog::values_json(*hand.about->kind, hand.disputed());
    const bool same = current == text_in(hand.after, field(kProposal, "new_value"));
    return same ? Status{} : fail(merge::kStale);
}

Status clear_ruling(Hand& hand) {
    for (const auto name :
         {"resolution", "resolved_value", "resolved_by", "resolved_at", "reason"}) {
        assign(hand.after, catalog::find_field(kCase, name)->tag, {});
    }
    return {};
}

// ---- tasks -------------------------------------------------------------------------------------

Status no_step_waits(const Hand& hand) {
    const bool of_step = !text_in(hand.target.values, field(catalog::kTask, "step")).empty();
    return of_step ? fail(merge::kStepWaits) : Status{};
}

// ---- the table --------------------------------------------------------------------------------

struct GuardRow {
    Guard guard;
    Status (*check)(const Hand&);
};
constexpr GuardRow kGuards[] = {
    {Guard::HasSuperior, has_superior},
    {Guard::SubmissionFilled, submission_filled},
    {Guard::NoCommunication, no_communication},
    {Guard::NothingOpen, nothing_open},
    {Guard::NotDestroyed, not_destroyed},
    {Guard::ChosenIsCurrent, chosen_is_current},
    {Guard::ProposedIsCurrent, proposed_is_current},
    {Guard::FilesRemain, files_remain},
    {Guard::AbsorbedSettled, absorbed_settled},
    {Guard::SecondPerson, second_person},
    {Guard::MergedFirst, merged_first},
    {Guard::InTimeToPart, in_time_to_part},
    {Guard::NoStepWaits, no_step_waits},
    {Guard::OfficeMade, office_made},
    {Guard::Checked, checked},
    {Guard::NoTwin, no_twin},
    {Guard::TwinRemains, twin_remains},
    {Guard::HandsOwnFiles, hands_own_files},
    {Guard::ReceiverWorks, receiver_works},
    {Guard::LaptopsBroughtIn, laptops_brought_in},
    {Guard::BatchFilled, batch_filled},
    {Guard::ConsentToTrade, consent_to_trade},
    {Guard::IdentityProven, identity_proven},
    {Guard::LinesAddUp, lines_add_up},
    {Guard::PaidInFull, paid_in_full},
    {Guard::ContractSigned, contract_signed},
    {Guard::ContactInQuarter, contact_in_quarter},
    {Guard::FileSettled, file_settled},
    {Guard::InvestigatorIndependent, investigator_independent},
    {Guard::PartiesInformed, parties_informed},
    {Guard::ContentSaid, content_said},
    {Guard::SeverityBased, severity_based},
    {Guard::InvalidFits, invalid_fits},
    {Guard::CustomerAnswered, customer_answered},
    {Guard::RecentlyClosed, recently_closed},
    {Guard::NotRespondent, not_respondent},
    {Guard::PostedWithBatch, posted_with_batch},
    {Guard::NeverDealtWith, never_dealt_with},
    {Guard::ComplaintsSettled, complaints_settled},
    {Guard::MarkFits, mark_fits},
    {Guard::TermOver, term_over},
    {Guard::NotHeld, not_held},
    {Guard::RequestFits, request_fits},
    {Guard::DisclosureFits, disclosure_fits},
    {Guard::ReportFits, report_fits},
    {Guard::LiabilityJudged, liability_judged},
    {Guard::VersionIsNew, version_is_new},
    {Guard::PolicyInEffect, policy_in_effect},
};

struct EffectRow {
    Effect effect;
    Status (*carry_out)(Hand&);
};
constexpr EffectRow kEffects[] = {
    {Effect::NumberFile, number_file},
    {Effect::ClearRuling, clear_ruling},
    {Effect::MergeFiles, merge_files},
    {Effect::PartFiles, part_files},
    {Effect::Countersign, countersign},
    {Effect::ChooseInspection, choose_inspection},
    {Effect::ProposeMerge, propose_merge},
    {Effect::PassOn, pass_on},
    {Effect::ListOpenItems, list_open_items},
    {Effect::HandOverFiles, hand_over_files},
    {Effect::Reassign, reassign},
    {Effect::CountBatch, count_batch},
    {Effect::RestateCustomer, restate_customer},
    {Effect::KeepVerified, keep_verified},
    {Effect::TimePlan, time_plan},
    {Effect::AskLeader, ask_leader},
    {Effect::JudgeComplaint, judge_complaint},
    {Effect::ReopenComplaint, reopen_complaint},
    {Effect::MakeKey, make_key},
    {Effect::TakeMark, take_mark},
    {Effect::EndMark, end_mark},
    {Effect::GiveAccess, give_access},
    {Effect::FixValues, fix_values},
    {Effect::TakeReport, take_report},
    {Effect::NameSuperior, name_superior},
    {Effect::IssueDocument, issue_document},
    {Effect::NoteVersion, note_version},
};

}  // namespace

Status check_guard(const Hand& hand, Guard guard) {
    const auto* row = std::ranges::find(kGuards, guard, &GuardRow::guard);
    DOSSIER_CHECK(row != std::end(kGuards));
    return row->check(hand);
}

Status carry_out(Hand& hand, Effect effect) {
    if (effect == Effect::None) return {};
    const auto* row = std::ranges::find(kEffects, effect, &EffectRow::effect);
    DOSSIER_CHECK(row != std::end(kEffects));
    return row->carry_out(hand);
}

std::string open_matters(const Desk& desk, const RecordId& customer) {
    std::string numbers;
    for (const auto& [kind, open] : {std::pair{&kCase, catalog::CaseState::kOpen},
                                     std::pair{&kProposal, catalog::ProposalState::kOpen}}) {
        for (const RecordId& id :
             desk.store.find(kind->tag, catalog::find_field(*kind, "record_id")->tag, customer)) {
            const auto values = desk.store.load(kind->tag, id).value_or(FieldValues{});
            if (text_in(values, *catalog::find_field(*kind, "state")) != open) continue;
            if (is_settled_with_it(desk, id)) continue;
            const auto number = number_in(values, catalog::find_field(*kind, "number")->tag);
            numbers += (numbers.empty() ? "" : " ") + std::string(kind->name) + " " +
                       std::to_string(number);
        }
    }
    return numbers;
}

}  // namespace dossier::server
