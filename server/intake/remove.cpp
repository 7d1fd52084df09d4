// Removing a record. What its author takes back within the week goes at once, and what somebody who
// may decide removes; from anyone else it is a case for the clerk, and so it is when others wrote
// to it unseen (removal.hpp). Nothing is erased: the row is marked. Source: domain C-23.
#include <algorithm>
#include <utility>

#include "common/access/faults.hpp"
#include "common/access/slip.hpp"
#include "common/base/plant.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/leaving.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/office_records.hpp"
#include "server/intake/one_flag.hpp"
#include "server/intake/removal.hpp"
#include "server/intake/settled.hpp"

namespace dossier::server {
namespace {

/// Whoever else wrote to it would lose his words. That a merge moved it is nobody's word; what one
/// brought with it is its author's.
bool is_nobody_elses(const Desk& desk, const RecordId& record) {
    const auto entries = desk.store.history(record, {});
    return std::all_of(entries.begin(), entries.end(), [&](const JournalEntry& entry) {
        const bool moved = entry.source == "merge" && entry.op == merge::OpKind::Event;
        return moved || entry.stamp.author == desk.bearer.user;
    });
}

/// The record stays; the journal and the audit keep that it was to go.
merge::Verdict note(const Desk& desk,
                    const merge::Op& op,
                    const Target& target,
                    int rank,
                    merge::VerdictKind kind,
                    std::uint64_t matter) {
    JournalEntry entry = journal_line(desk, op, target, rank);
    entry.won = false;
    entry.verdict = kind;
    entry.matter = matter;
    desk.store.append_journal(entry);
    audit(desk, "remove", target, matter == 0 ? "ok" : "conflict",
          matter == 0 ? "superseded" : std::to_string(matter));
    return {.kind = kind, .matter = matter};
}

}  // namespace

merge::Verdict admit_remove(const Desk& desk, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return parked(Error{&merge::kUnknownKind, {std::to_string(op.record_kind)}});
    Target target{.place = desk.store.place(op.record).value_or(Place{}), .kind = kind};
    const auto values =
        target.place.kind == kind->tag ? desk.store.load(kind->tag, op.record) : std::nullopt;
    if (!values) {
        if (is_awaited(desk, op.record)) return waits_for(op.record);
        return refused(Error{&merge::kUnknownRecord, {}});
    }
    target.values = *values;
    using catalog::kDeletedAt;
    target.group = {catalog::find_field(*kind, kDeletedAt)};
    Standing standing = standing_of(desk, target.place, *values);
    if (!desk.is_system() && !is_known_to(desk, standing, *kind)) {
        auto then = standing_then(desk, target.place, *values);
        if (!then || !is_known_to(desk, *then, *kind))
            return refused(Error{&merge::kUnknownRecord, {}});
        standing = std::move(*then);
    }
    if (!desk.is_system() && is_written_by_office(*kind))
        return refused(Error{&access::kFaultDenied, {}});
    if (find(*values, kDeletedAt) != nullptr) return {.kind = merge::VerdictKind::Converged};
    if (const auto free = check_free(desk, target); !free) return refused(free.error());
    if (const auto open = check_unsettled(desk, *kind, *values); !open)
        return refused(open.error());
    const auto facet = catalog::facets_of(*kind).front();
    const auto decide = [&] {
        return access::decide(standing.viewer(desk), access::Operation::Remove, standing.subject,
                              facet, standing.context(desk));
    };
    auto decision = decide();
    // What a role gives today is not late because its holder once owned the file as well.
    if (standing.late && !standing.then) {
        Standing earlier = std::exchange(standing, {desk.people.subject(target.place, *values)});
        const auto today = decide();
        if (today.answer == access::Answer::Allow)
            decision = today;
        else
            standing = std::move(earlier);
    }
    const bool late = standing.late || desk.bearer.late;
    FieldValues removed;
    assign(removed, kDeletedAt, desk.bearer.at.ms);
    const bool own_slip = access::may_take_back(*kind, *values, desk.bearer.user, desk.bearer.at) &&
                          is_nobody_elses(desk, op.record);
    const bool allowed = decision.answer == access::Answer::Allow || own_slip;
    const auto unseen = unseen_edits(desk, op, target.place);
    const bool may_decide = desk.is_system() || (allowed && !late && unseen.empty());
    const int rank =
        desk.is_system() ? 100 : access::rank_of(standing.viewer(desk), standing.subject);
    if (!may_decide) {
        if (decision.answer != access::Answer::Allow && !own_slip &&
            decision.answer != access::Answer::Propose &&
            decision.answer != access::Answer::NeedsApproval) {
            return refused(Error{&access::kFaultDenied, {}});
        }
        const auto number =
            open_case(desk, {target, {}, {}, removed, desk.stamp(rank)}, "C-23", unseen);
        return note(desk, op, target, rank, merge::VerdictKind::Case, number);
    }
    if (wrote_later(desk, op))
        return note(desk, op, target, rank, merge::VerdictKind::Superseded, 0);
    if (const auto free = check_leaving(desk, op, target); !free) return refused(free.error());
    FieldValues after = *values;
    if (!is_planted(Plant::RemovedComesBack)) assign(after, kDeletedAt, desk.bearer.at.ms);
    if (const auto kept = check_flag(desk, *kind, *values, after); !kept)
        return refused(kept.error());
    const Fv fv = write_record(desk, target, after, journal_line(desk, op, target, rank));
    audit(desk, "remove", target, "ok", "");
    return {.kind = merge::VerdictKind::Applied, .fv = fv};
}

}  // namespace dossier::server
