// Setting one group of one record: who may, and which values; setting.hpp has the effect.
#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/slip.hpp"
#include "common/base/plant.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/faults.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/consents.hpp"
#include "server/intake/leaving.hpp"
#include "server/intake/office_records.hpp"
#include "server/intake/one_flag.hpp"
#include "server/intake/presets.hpp"
#include "server/intake/references.hpp"
#include "server/intake/removal.hpp"
#include "server/intake/setting.hpp"
#include "server/intake/settled.hpp"
#include "server/intake/unique.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using catalog::kDeletedAt;
using merge::Verdict;

access::Operation office_operation(const catalog::Kind& kind) {
    return kind.made_by == catalog::MadeBy::Access ? access::Operation::ManageAccess
                                                   : access::Operation::Administer;
}

/// Whether this op settles the case or proposal that disputes the group.
bool settles(const Desk& desk, const merge::Op& op, const Target& target) {
    const auto* kind = catalog::find_kind(op.record_kind);
    const bool decides = op.event == "rule" || op.event == "reopen" || op.event == "accept";
    if (op.kind != merge::OpKind::Event || !decides) return false;
    if (kind == nullptr || !catalog::is_matter(*kind)) return false;
    const auto matter = desk.store.load(kind->tag, op.record).value_or(FieldValues{});
    const Value* record = find(matter, catalog::find_field(*kind, "record_id")->tag);
    const Value* disputed = find(matter, catalog::find_field(*kind, "field")->tag);
    const auto* name = disputed == nullptr ? nullptr : as_text(*disputed);
    return record != nullptr && name != nullptr && as_record(*record) == target.place.record &&
           std::any_of(target.group.begin(), target.group.end(),
                       [&](const auto* member) { return member->name == *name; });
}

/// At the office the program says whether it rules or verifies. On a laptop anybody can write that
/// word: there it is one only by the matter that it settles in the same changeset.
bool is_review(const Desk& desk, const Target& target) {
    const auto& source = desk.changeset.source;
    if (source != kRuling && source != kVerification) return false;
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
            desk.changeset.source == kRuling ? access::Operation::Rule : access::Operation::Verify;
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
        if (catalog::is_always_filled(**member) && is_empty(*canonical))
            return fail(catalog::kRequired, pair_of((*member)->label));
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
    for (const auto* member : target.group) {
        if (!is_review(desk, target) && !is_office_kind(*target.kind) && is_set_by_office(*member))
            return fail(merge::kServerOnly, catalog::label_of(*member));
    }
    return fail(access::kFaultDenied);
}

/// What was locked when he wrote takes remarks; other words for it are for a person to weigh
/// (domain 2.3.1 locked_at, WF-14).
bool is_locked_then(const Desk& desk, const Target& target) {
    return !desk.is_system() && target.group.front()->merge != catalog::Merge::Append &&
           !is_review(desk, target) &&
           (access::is_locked(*target.kind, target.values, desk.bearer.at) ||
            is_settled(desk, target));
}

bool may_read_today(const Desk& desk, const Target& target) {
    const auto subject = desk.people.subject(target.place, target.values);
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    return access::decide(viewer, access::Operation::View, subject, target.facet(),
                          {.now = desk.bearer.now})
               .answer == Answer::Allow;
}

/// No other record holds a value only one may have; a removed record that comes back holds its own
/// again.
Status check_alone(const Desk& desk, const Target& target, const FieldValues& values) {
    const bool comes_back = target.group.front()->tag == kDeletedAt && values.empty();
    if (!comes_back) return check_unique(desk, target.place, values);
    const FieldValues whole = target.with(values);
    if (auto unique = check_unique(desk, target.place, whole); !unique) return unique;
    return check_only(desk, target.place, whole);
}

/// What a link joins, or that it is there again, is judged with all it says; of what stands
/// already it may say other things.
Status check_moved_link(const Desk& desk, const Target& target, const FieldValues& values) {
    const auto& kind = *target.kind;
    if (kind.other_end.empty()) return {};
    const auto ranks = kind.above_when.substr(0, kind.above_when.find('='));
    const bool moves = std::any_of(target.group.begin(), target.group.end(), [&](const auto* of) {
        return of->tag == kDeletedAt || of->name == kind.other_end || of->name == ranks;
    });
    return moves ? check_link(desk, kind, target.place.record, target.with(values)) : Status{};
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
    if (!is_review(desk, target)) {
        if (const auto free = check_free(desk, target); !free) return refused(free.error());
    }
    if (is_locked_then(desk, target)) right->answer = Answer::Propose;
    right->decides = desk.is_system() || is_office_kind(*kind) || is_review(desk, target);
    if (right->late || right->answer == Answer::Propose)
        right->reads = may_read_today(desk, target);
    auto values = new_values(target, op, desk.bearer.latest());
    if (!values) return refused(values.error());
    if (const auto fits = check_references(desk, *kind, op.record, op.fields); !fits)
        return refused(fits.error());
    if (const auto tree = check_tree(desk, *kind, op.record, *values); !tree)
        return refused(tree.error());
    if (const auto link = check_moved_link(desk, target, *values); !link)
        return refused(link.error());
    if (const auto among = check_among(desk, *kind, target.with(*values)); !among)
        return refused(among.error());
    if (const auto alone = check_alone(desk, target, *values); !alone)
        return refused(alone.error());
    if (const auto whole =
            catalog::validate_whole(*kind, target.with(*values), desk.bearer.latest());
        !whole)
        return refused(whole.error());
    if (const auto kept = check_flag(desk, *kind, target.values, target.with(*values)); !kept)
        return refused(kept.error());
    const bool goes = target.group.front()->tag == kDeletedAt && !values->empty() &&
                      find(target.values, kDeletedAt) == nullptr;
    if (const auto free = goes ? check_leaving(desk, op, target) : Status{}; !free)
        return refused(free.error());
    if (const auto consented = check_consent(desk, target, op.fields); !consented)
        return refused(consented.error());
    // What his laptop still showed him was gone when he wrote to it, or is since.
    const auto removal =
        desk.from_laptop() && !right->decides && op.fields.front().tag != kDeletedAt
            ? removal_of(desk.store, op.record, target.values)
            : std::nullopt;
    const Verdict verdict = carry_out_set(desk, op, target, *right, std::move(*values));
    if (!removal || is_planted(Plant::RemovedUnseen)) return verdict;
    return dispute_removal(desk, op, *kind, *removal, verdict);
}

}  // namespace dossier::server
