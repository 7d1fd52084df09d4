#include "server/intake/setting.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/base/reason.hpp"
#include "common/merge/elements.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/judge.hpp"
#include "common/merge/refusals.hpp"
#include "common/rules/party.hpp"

#include "server/intake/last_word.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/references.hpp"
#include "server/intake/standpoint.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using merge::Judgement;
using merge::Outcome;
using merge::Verdict;
using merge::VerdictKind;

class GroupSetting {
  public:
    GroupSetting(const Desk& desk,
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
        if (right_.decides) return take_if_seen();
        const bool writes = right_.answer == Answer::Allow && !right_.late;
        at_ = standpoint_of(desk_, op_, target_, current_, {right_.reads, writes}, values_);
        if (at_.outlived)
            return at_.outlived_by_others ? lose() : note(VerdictKind::Superseded, 0, false);
        const merge::GroupEdit edit{at_.base, values_, desk_.stamp(right_.rank), op_.base_fv};
        const auto judged = merge::judge(*target_.group.front(), at_.state, edit);
        // Of a value he may not read his answer tells nothing, not even that he guessed it.
        const bool told = right_.reads || judged.outcome == Outcome::Ignore;
        if (!told && judged.outcome != Outcome::Refuse) return propose(right_.late);
        switch (judged.outcome) {
            case Outcome::Ignore:
                return take_back();
            case Outcome::Converge:
                return converge(judged);
            case Outcome::Refuse:
                return refuse();
            default:
                return weigh(judged);
        }
    }

  private:
    /// Both sides say something, and not the same.
    Verdict weigh(const Judgement& judged) {
        // Nobody disputes with himself: of his own words the later one holds.
        const bool own = at_.only_own && judged.outcome != Outcome::Unite && !is_extreme();
        const bool later = desk_.stamp(right_.rank).later_than(at_.state.stamp);
        if (own && !later) return note(VerdictKind::Superseded, 0, false);
        if (right_.late) return propose(true);
        // A list speaks of another party then: a person looks at both values.
        const bool from_list = desk_.changeset.source == "import";
        if (from_list && rules::replaces_identity(*target_.kind, target_.values, values_))
            return contest("C-04");
        const bool free = judged.outcome == Outcome::Apply || own;
        if (right_.answer == Answer::Propose) return free ? propose(false) : contest("C-04");
        if (own) return take(values_);
        const bool concurrent =
            judged.outcome == Outcome::Keep || judged.outcome == Outcome::Override;
        // What the survivor says meanwhile is for a person to weigh, not for a clock (C-12).
        if (concurrent && !desk_.absorbed.is_none()) return contest("C-12");
        switch (judged.outcome) {
            case Outcome::Propose:
                return propose(false);
            case Outcome::Review:
                return contest("C-04");
            case Outcome::Keep:
                return lose();
            case Outcome::Override:
                return win(judged.values);
            default:
                return take(judged.values);
        }
    }

    /// Nobody is asked about a word its author himself has replaced since, on another laptop.
    [[nodiscard]] bool is_replaced() const {
        const auto* first = target_.group.front();
        const bool adds =
            merge::holds_elements(*first) || is_extreme() || first->merge == catalog::Merge::Append;
        return desk_.from_laptop() && !adds &&
               spoke_later(desk_.store, target_, desk_.stamp(right_.rank));
    }

    [[nodiscard]] bool is_extreme() const {
        const auto policy = target_.group.front()->merge;
        return policy == catalog::Merge::Max || policy == catalog::Merge::Min;
    }

    /// Rulings, verifications and the office's own records: what he saw must still be so.
    Verdict take_if_seen() {
        if (values_ == current_) return note(VerdictKind::Converged, 0, false);
        if (!op_.base.empty() && target_.part(op_.base) != current_)
            return refused(Error{&merge::kStale, {}});
        return take(values_);
    }

    /// His last word is what he began from: nothing of his stays open, and what stands of his
    /// unanswered words gives way to what was there.
    Verdict take_back() {
        if (!at_.stands) {
            restate(current_);
            return note(VerdictKind::Converged, 0, false);
        }
        const bool same = at_.state.values == values_;
        return put_back(same ? VerdictKind::Applied : VerdictKind::Superseded, 0);
    }

    /// Two people chose the same value: the stronger of both stamps holds from now on.
    Verdict converge(const Judgement& judged) {
        if (at_.stands) return take(values_);
        restate(current_);
        return note(VerdictKind::Converged, 0, !(judged.stamp == at_.state.stamp));
    }

    [[nodiscard]] Verdict refuse() const {
        const auto* field = target_.group.front();
        const Fault& fault = field->merge == catalog::Merge::Immutable ? merge::kImmutable
                             : field->merge == catalog::Merge::Append  ? merge::kAppendOnly
                                                                       : merge::kServerOnly;
        return refused(Error{&fault, {pair_of(field->label)}});
    }

    Verdict take(const FieldValues& now_held) {
        const auto kind = op_.base_fv == fv() ? VerdictKind::Applied : VerdictKind::Merged;
        const Verdict verdict = write(now_held, line(true, kind, 0));
        audit(desk_, "set", target_, "ok", kind == VerdictKind::Merged ? "auto_merged" : "");
        return verdict;
    }

    /// A concurrent value gives way; it stays findable and can be restored.
    Verdict win(const FieldValues& now_held) {
        const Contest lost{target_, at_.original, now_held, at_.state.values,
                           desk_.stamp(right_.rank)};
        const auto number = record_settled_case(desk_, lost, "C-02", at_.state.stamp, at_.follows);
        const Verdict verdict = write(now_held, line(true, VerdictKind::Merged, number));
        audit(desk_, "set", target_, "ok", "auto_resolved");
        return verdict;
    }

    Verdict lose() {
        const auto stamp = desk_.stamp(right_.rank);
        const auto number =
            record_settled_case(desk_, {target_, at_.original, at_.state.values, values_, stamp},
                                "C-02", stamp, at_.follows);
        if (at_.stands) return put_back(VerdictKind::Superseded, number);
        // What he said before waits for nobody either.
        restate(current_);
        return note(VerdictKind::Superseded, number, false);
    }

    Verdict contest(std::string_view conflict_class) {
        if (is_replaced()) return note(VerdictKind::Superseded, 0, false);
        return note(VerdictKind::Case, open_case(desk_, as_contest(), conflict_class), false);
    }

    Verdict propose(bool late) {
        if (is_replaced()) return note(VerdictKind::Superseded, 0, false);
        const auto outcome = open_proposal(desk_, as_contest(), late);
        const auto kind = outcome.became_case ? VerdictKind::Case
                          : late              ? VerdictKind::Late
                                              : VerdictKind::Proposal;
        return note(kind, outcome.number, false);
    }

    /// What held before his unanswered words holds again, by the stamp of whoever wrote it; what
    /// stands below the record by now does not come to stand above it again.
    Verdict put_back(VerdictKind kind, std::uint64_t matter) {
        if (!check_tree(desk_, *target_.kind, target_.place.record, at_.state.values))
            return note(VerdictKind::Superseded, matter, false);
        JournalEntry entry = line(true, kind, matter);
        entry.event = kTakeBack;
        entry.since = at_.state.since;
        const Verdict verdict = write(at_.state.values, std::move(entry));
        audit(desk_, "set", target_, "ok", kTakeBack);
        return verdict;
    }

    /// The one way a value comes into force here.
    Verdict write(const FieldValues& now_held, JournalEntry entry) {
        Verdict verdict{.kind = entry.verdict, .matter = entry.matter};
        verdict.fv = write_record(desk_, target_, target_.with(now_held), std::move(entry));
        // Its event settles it.
        if (right_.decides && desk_.changeset.source == kVerification) return verdict;
        if (!right_.decides) restate(now_held);
        revisit_proposals(desk_, target_, current_, now_held, RecordId{});
        return verdict;
    }

    /// The op changed nothing that holds: the journal and the audit keep it all the same.
    Verdict note(VerdictKind kind, std::uint64_t matter, bool won) {
        JournalEntry entry = line(won, kind, matter);
        entry.since = at_.state.since;
        desk_.store.append_journal(entry);
        audit(desk_, "set", target_, kind == VerdictKind::Case ? "conflict" : "ok",
              matter == 0 ? "converged" : std::to_string(matter));
        return {.kind = kind, .fv = fv(), .matter = matter};
    }

    [[nodiscard]] Contest as_contest() const {
        return with_waiting(desk_,
                            {target_, at_.original, current_, values_, desk_.stamp(right_.rank)},
                            at_.base, {op_.base, values_});
    }

    void restate(const FieldValues& now_held) const {
        restate_own(desk_, target_, desk_.stamp(right_.rank), now_held, Step{op_.base, values_});
    }

    [[nodiscard]] JournalEntry line(bool won, VerdictKind verdict, std::uint64_t matter) const {
        JournalEntry entry = journal_line(desk_, op_, target_, right_.rank);
        if (!right_.decides) entry.base = at_.base;
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
    Standpoint at_;
};

}  // namespace

Verdict carry_out_set(const Desk& desk,
                      const merge::Op& op,
                      const Target& target,
                      const Right& right,
                      FieldValues values) {
    return GroupSetting(desk, op, target, right, std::move(values)).carry_out();
}

}  // namespace dossier::server
