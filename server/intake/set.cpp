// Setting one group of one record: rights, validity, judgement, effect.
#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/slip.hpp"
#include "common/base/plant.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/faults.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/judge.hpp"
#include "common/merge/refusals.hpp"
#include "common/rules/party.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/office_records.hpp"
#include "server/intake/references.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using merge::Outcome;
using merge::Verdict;
using merge::VerdictKind;

/// What the author may do with the group: the strictest answer of its fields.
struct Right {
    Answer answer = Answer::Deny;
    int rank = 0;
    bool late = false;
    bool reads = true;  ///< may look at the group's values today
};

bool is_office_kind(const catalog::Kind& kind) {
    return kind.belongs == catalog::Belongs::Organisation ||
           kind.belongs == catalog::Belongs::Administration;
}

access::Operation office_operation(const catalog::Kind& kind) {
    return kind.name == "access_grant" ? access::Operation::ManageAccess
                                       : access::Operation::Administer;
}

/// Whether this op settles the case or proposal that disputes the group.
bool settles(const Desk& desk, const merge::Op& op, const Target& target) {
    const bool is_case = op.record_kind == catalog::kCase.tag;
    const auto& kind = is_case ? catalog::kCase : catalog::kProposal;
    const bool decides = op.event == "rule" || op.event == "reopen" || op.event == "accept";
    if (op.kind != merge::OpKind::Event || op.record_kind != kind.tag || !decides) return false;
    const auto matter = desk.store.load(kind.tag, op.record).value_or(FieldValues{});
    const Value* record = find(matter, catalog::find_field(kind, "record_id")->tag);
    const Value* disputed = find(matter, catalog::find_field(kind, "field")->tag);
    const auto* name = disputed == nullptr ? nullptr : as_text(*disputed);
    return record != nullptr && name != nullptr && as_record(*record) == target.place.record &&
           std::any_of(target.group.begin(), target.group.end(),
                       [&](const auto* member) { return member->name == *name; });
}

/// At the office the program says whether it rules or verifies. On a laptop anybody can write that
/// word: there it is one only by the matter that it settles in the same changeset.
bool is_review(const Desk& desk, const Target& target) {
    const auto& source = desk.changeset.source;
    if (source != "ruling" && source != "verification") return false;
    const auto& ops = desk.changeset.ops;
    return !desk.from_laptop() || std::any_of(ops.begin(), ops.end(), [&](const merge::Op& op) {
        return settles(desk, op, target);
    });
}

int strictness(Answer answer) {
    switch (answer) {
        case Answer::Allow:
            return 0;
        case Answer::Propose:
            return 1;
        default:
            return 2;
    }
}

Right right_of(const Desk& desk, const Target& target, const Standing& standing) {
    if (desk.is_system()) return {Answer::Allow, 100, false};
    const auto& viewer = standing.viewer(desk);
    const auto context = standing.context(desk);
    Right right{Answer::Allow, access::rank_of(viewer, standing.subject),
                standing.late || desk.bearer.late};
    // A ruling or verification is decided by the right to rule or verify, not by the letters of the
    // field.
    if (is_review(desk, target)) {
        const auto operation =
            desk.changeset.source == "ruling" ? access::Operation::Rule : access::Operation::Verify;
        right.answer =
            access::decide(viewer, operation, standing.subject, target.facet(), context).answer;
        return right;
    }
    if (is_written_by_office(*target.kind)) return {};
    if (is_office_kind(*target.kind)) {
        right.answer = access::decide(viewer, office_operation(*target.kind), standing.subject,
                                      target.facet(), context)
                           .answer;
        return right;
    }
    for (const auto* member : target.group) {
        const auto decision = access::decide_write(viewer, standing.subject, *member, context);
        if (strictness(decision.answer) > strictness(right.answer)) right.answer = decision.answer;
    }
    return right;
}

/// The op's values for every field of the group, canonical; fields it does not speak of keep
/// theirs.
Result<FieldValues> new_values(const Target& target, const merge::Op& op, Instant now) {
    FieldValues values = target.part(target.values);
    for (const auto& [tag, value] : op.fields) {
        const auto member = std::find_if(target.group.begin(), target.group.end(),
                                         [tag = tag](const auto* f) { return f->tag == tag; });
        if (member == target.group.end()) return fail(merge::kUnknownField, std::to_string(tag));
        auto canonical = catalog::validate(**member, value, now);
        if (!canonical) return pass(canonical);
        if ((*member)->required && is_empty(*canonical))
            return fail(catalog::kRequired,
                        std::string((*member)->label.zh) + "/" + std::string((*member)->label.en));
        assign(values, tag, std::move(*canonical));
    }
    if (is_planted(Plant::HalfAddress) && target.group.size() > 1) {
        const std::uint16_t part = target.group[target.group.size() - 2]->tag;
        const Value* kept = find(target.values, part);
        assign(values, part, kept == nullptr ? Value{} : *kept);
    }
    return target.part(values);
}

/// The right he has now; for one he had when he wrote it and has lost since: the same, but late.
/// Errors: intake.unknown_record, access.denied.
Result<Right> right_now_or_then(const Desk& desk, const Target& target, const RecordId& meant) {
    const Standing now = standing_of(desk, target.place, target.values);
    bool known = desk.is_system() || is_known_to(desk, now, *target.kind);
    // What a role gives today is not late because its holder once owned the file as well.
    if (now.late) {
        const Standing today{desk.people.subject(target.place, target.values)};
        const Right right = right_of(desk, target, today);
        if (is_known_to(desk, today, *target.kind) && strictness(right.answer) <= 1) return right;
    }
    if (known) {
        const Right right = right_of(desk, target, now);
        if (strictness(right.answer) <= 1) return right;
    }
    // The file he wrote of may lie in another since.
    if (const auto before = standing_before_merge(desk, meant)) {
        const bool knew = is_known_to(desk, *before, *target.kind);
        known = known || knew;
        const Right right = right_of(desk, target, *before);
        if (knew && strictness(right.answer) <= 1) return right;
    }
    const auto then = standing_then(desk, target.place, target.values);
    if (then && is_known_to(desk, *then, *target.kind)) {
        const Right right = right_of(desk, target, *then);
        if (strictness(right.answer) <= 1) return right;
    }
    if (!known) return fail(merge::kUnknownRecord);
    return fail(access::kFaultDenied);
}

/// What was locked when he wrote takes remarks; other words for it are for a person to weigh
/// (domain 2.3.1 locked_at, WF-14).
bool is_locked_then(const Desk& desk, const Target& target) {
    return !desk.is_system() && target.group.front()->merge != catalog::Merge::Append &&
           !is_review(desk, target) &&
           access::is_locked(*target.kind, target.values, desk.bearer.at);
}

bool may_read_today(const Desk& desk, const Target& target) {
    const auto subject = desk.people.subject(target.place, target.values);
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    return access::decide(viewer, access::Operation::View, subject, target.facet(),
                          {.now = desk.bearer.now})
               .answer == Answer::Allow;
}

Target target_of(const Desk& desk, const catalog::Kind& kind, const merge::Op& op) {
    Target target;
    target.kind = &kind;
    if (const auto place = desk.store.place(op.record)) {
        target.place = *place;
        if (place->kind == kind.tag)
            target.values = desk.store.load(kind.tag, op.record).value_or(FieldValues{});
    }
    if (!op.fields.empty()) {
        if (const auto* first = catalog::find_field(kind, op.fields.front().tag))
            target.group = catalog::group_of(kind, *first);
    }
    return target;
}

FieldValues merged(const Target& target, const FieldValues& group_values) {
    FieldValues after;
    for (const auto& entry : target.values) {
        const bool in_group = std::any_of(target.group.begin(), target.group.end(),
                                          [&](const auto* f) { return f->tag == entry.tag; });
        if (!in_group) after.push_back(entry);
    }
    for (const auto& [tag, value] : group_values) assign(after, tag, value);
    return after;
}

/// Carries out one op whose author's right and values are known.
class Setting {
  public:
    Setting(const Desk& desk,
            const merge::Op& op,
            const Target& target,
            const Right& right,
            FieldValues values)
        : desk_(desk),
          op_(op),
          target_(target),
          right_(right),
          values_(std::move(values)),
          current_(target.part(target.values)) {}

    Verdict carry_out() {
        if (decided_by_person()) return take_if_seen();
        const auto holder = desk_.store.last_won(target_.place.record, target_.group.front()->tag);
        const merge::GroupState state{current_, holder ? holder->stamp : merge::Stamp{},
                                      holder ? holder->since : Fv{}};
        since_ = state.since;
        const merge::GroupEdit edit{op_.base, values_, desk_.stamp(right_.rank), op_.base_fv};
        const auto judgement = merge::judge(*target_.group.front(), state, edit);
        // Of a value he may not read his answer tells nothing, not even that he guessed it.
        if (!right_.reads && judgement.outcome != Outcome::Refuse) return propose(right_.late);
        if (judgement.outcome == Outcome::Converge || judgement.outcome == Outcome::Ignore) {
            // Two people chose the same value: the stronger of both stamps holds from now on.
            return note(VerdictKind::Converged, 0, !(judgement.stamp == state.stamp));
        }
        if (judgement.outcome == Outcome::Refuse) return refuse();
        if (right_.late) return propose(true);
        // A list speaks of another party then: a person looks at both values.
        const bool from_list = desk_.changeset.source == "import";
        if (from_list && rules::replaces_identity(*target_.kind, target_.values, values_))
            return contest("C-04");
        if (right_.answer == Answer::Propose) {
            return judgement.outcome == Outcome::Apply ? propose(false) : contest("C-04");
        }
        // What the survivor says meanwhile is for a person to weigh, not for a clock (C-12).
        const bool contested =
            judgement.outcome == Outcome::Keep || judgement.outcome == Outcome::Override;
        if (contested && !desk_.absorbed.is_none()) return contest("C-12");
        switch (judgement.outcome) {
            case Outcome::Propose:
                return propose(false);
            case Outcome::Review:
                return contest("C-04");
            case Outcome::Keep:
                return lose();
            case Outcome::Override:
                return win(judgement.values, state.stamp);
            default:
                return take(judgement.values);
        }
    }

  private:
    /// Rulings, verifications and the office's own records are decided by somebody who looked at
    /// the current value: no policy applies, but what he saw must still be so.
    [[nodiscard]] bool decided_by_person() const {
        return desk_.is_system() || is_office_kind(*target_.kind) || is_review(desk_, target_);
    }

    Verdict take_if_seen() {
        if (values_ == current_) return note(VerdictKind::Converged, 0, false);
        if (!op_.base.empty() && target_.part(op_.base) != current_)
            return refused(Error{&merge::kStale, {}});
        return take(values_);
    }

    [[nodiscard]] Verdict refuse() const {
        const auto* field = target_.group.front();
        const Fault& fault = field->merge == catalog::Merge::Immutable ? merge::kImmutable
                             : field->merge == catalog::Merge::Append  ? merge::kAppendOnly
                                                                       : merge::kServerOnly;
        return refused(
            Error{&fault, {std::string(field->label.zh) + "/" + std::string(field->label.en)}});
    }

    Verdict take(const FieldValues& now_held) {
        const auto entry =
            line(true, op_.base_fv == fv() ? VerdictKind::Applied : VerdictKind::Merged, 0);
        Verdict verdict{.kind = entry.verdict};
        verdict.fv = write_record(desk_, target_, merged(target_, now_held), entry);
        after_change(now_held);
        audit(desk_, "set", target_, "ok",
              verdict.kind == VerdictKind::Merged ? "auto_merged" : "");
        return verdict;
    }

    /// A concurrent value gives way; it stays findable and can be restored.
    Verdict win(const FieldValues& now_held, const merge::Stamp& loser) {
        const Contest lost{target_, op_.base, now_held, current_, desk_.stamp(right_.rank)};
        const auto number = record_settled_case(desk_, lost, "C-02", loser);
        Verdict verdict{.kind = VerdictKind::Merged, .matter = number};
        verdict.fv = write_record(desk_, target_, merged(target_, now_held),
                                  line(true, VerdictKind::Merged, number));
        after_change(now_held);
        audit(desk_, "set", target_, "ok", "auto_resolved");
        return verdict;
    }

    Verdict lose() {
        const auto number =
            record_settled_case(desk_, as_contest(), "C-02", desk_.stamp(right_.rank));
        return note(VerdictKind::Superseded, number, false);
    }

    Verdict contest(std::string_view conflict_class) {
        return note(VerdictKind::Case, open_case(desk_, as_contest(), conflict_class), false);
    }

    Verdict propose(bool late) {
        const auto outcome = open_proposal(desk_, as_contest(), late);
        const auto kind = outcome.became_case ? VerdictKind::Case
                          : late              ? VerdictKind::Late
                                              : VerdictKind::Proposal;
        return note(kind, outcome.number, false);
    }

    /// The op changed nothing that holds: the journal and the audit keep it all the same.
    Verdict note(VerdictKind kind, std::uint64_t matter, bool won) {
        JournalEntry entry = line(won, kind, matter);
        entry.since = since_;
        desk_.store.append_journal(entry);
        audit(desk_, "set", target_, kind == VerdictKind::Case ? "conflict" : "ok",
              matter == 0 ? "converged" : std::to_string(matter));
        return {.kind = kind, .fv = fv(), .matter = matter};
    }

    void after_change(const FieldValues& now_held) {
        if (desk_.changeset.source == "verification") return;  // its event settles the proposal
        revisit_proposals(desk_, target_, current_, now_held, RecordId{});
    }

    [[nodiscard]] Contest as_contest() const {
        return {target_, op_.base, current_, values_, desk_.stamp(right_.rank)};
    }

    [[nodiscard]] JournalEntry line(bool won, VerdictKind verdict, std::uint64_t matter) const {
        JournalEntry entry = journal_line(desk_, op_, target_, right_.rank);
        entry.before = current_;
        entry.value = values_;
        entry.won = won;
        entry.verdict = verdict;
        entry.matter = matter;
        return entry;
    }

    [[nodiscard]] Fv fv() const {
        const auto state = desk_.store.facet(target_.place.record, target_.facet());
        return state ? state->fv : Fv{};
    }

    const Desk& desk_;
    const merge::Op& op_;
    const Target& target_;
    const Right& right_;
    FieldValues values_;
    FieldValues current_;
    Fv since_;  ///< of the current value
};

}  // namespace

Verdict admit_set(const Desk& desk, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return parked(Error{&merge::kUnknownKind, {std::to_string(op.record_kind)}});
    const Target target = target_of(desk, *kind, op);
    if (target.place.kind != kind->tag || target.values.empty()) {
        if (is_awaited(desk, op.record)) return waits_for(op.record);
        return refused(Error{&merge::kUnknownRecord, {}});
    }
    if (target.group.empty())
        return parked(Error{&merge::kUnknownField,
                            {op.fields.empty() ? "0" : std::to_string(op.fields.front().tag)}});
    auto right = right_now_or_then(desk, target, op.record);
    if (!right) return refused(right.error());
    if (is_locked_then(desk, target)) right->answer = Answer::Propose;
    if (right->late || right->answer == Answer::Propose)
        right->reads = may_read_today(desk, target);
    auto values = new_values(target, op, desk.bearer.latest());
    if (!values) return refused(values.error());
    if (const auto fits = check_references(desk, *kind, op.fields); !fits)
        return refused(fits.error());
    if (const auto whole =
            catalog::validate_whole(*kind, merged(target, *values), desk.bearer.latest());
        !whole)
        return refused(whole.error());
    return Setting(desk, op, target, *right, std::move(*values)).carry_out();
}

}  // namespace dossier::server
