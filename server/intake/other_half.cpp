#include "server/intake/other_half.hpp"

#include <algorithm>

#include "common/merge/derived_id.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::server {
namespace {

using merge::Verdict;
using merge::VerdictKind;

/// The more a verdict tells its author to look at, the greater.
int weight(VerdictKind kind) {
    switch (kind) {
        case VerdictKind::Converged:
            return 0;
        case VerdictKind::Applied:
        case VerdictKind::Merged:
            return 1;
        case VerdictKind::Superseded:
            return 2;
        case VerdictKind::Proposal:
            return 3;
        case VerdictKind::Case:
            return 4;
        case VerdictKind::Late:
            return 5;
        default:
            return 6;
    }
}

/// The edit of one group, whole: what the new record leaves empty, its author left empty.
merge::Op as_edit(const merge::Op& create,
                  const std::vector<const catalog::Field*>& group,
                  const FieldValues& said) {
    merge::Op op{
        .kind = merge::OpKind::Set, .record_kind = create.record_kind, .record = create.record};
    for (const auto* member : group) {
        const Value* value = find(said, member->tag);
        op.base.push_back({member->tag, Value{}});
        op.fields.push_back({member->tag, value == nullptr ? Value{} : *value});
    }
    return op;
}

/// What is said once, when a record is made, stays as the first half has it.
bool is_said_otherwise(const Desk& desk,
                       const merge::Op& create,
                       const catalog::Field& of,
                       const FieldValues& said) {
    const auto held = desk.store.load(create.record_kind, create.record).value_or(FieldValues{});
    const Value* first = find(held, of.tag);
    const Value* second = find(said, of.tag);
    return second != nullptr && (first == nullptr || *first != *second);
}

/// The history keeps all that the other half says, also what does not hold.
void keep(const Desk& desk,
          const Target& target,
          const merge::Op& create,
          const FieldValues& said,
          const Verdict& told) {
    Target whole = target;
    whole.group.clear();
    JournalEntry line = journal_line(desk, create, whole, 0);
    line.value = said;
    line.won = false;
    line.verdict = told.kind;
    line.matter = told.matter;
    desk.store.append_journal(line);
    audit(desk, "create", whole, "ok", "joined");
}

}  // namespace

Verdict admit_other_half(const Desk& desk,
                         const Target& target,
                         const merge::Op& create,
                         const FieldValues& said) {
    const auto& kind = *target.kind;
    const auto identifying = merge::identifying_fields(kind);
    Verdict told{.kind = VerdictKind::Converged};
    for (const auto* of : catalog::all_fields(kind)) {
        const auto group = catalog::group_of(kind, *of);
        const bool speaks = std::any_of(group.begin(), group.end(), [&](const auto* member) {
            return find(said, member->tag) != nullptr;
        });
        const bool identifies =
            std::find(identifying.begin(), identifying.end(), of) != identifying.end();
        if (group.front() != of || !speaks || identifies) continue;
        const bool is_set_once = of->merge == catalog::Merge::Immutable;
        if (is_set_once && !is_said_otherwise(desk, create, *of, said)) continue;
        const Verdict verdict = is_set_once ? Verdict{.kind = VerdictKind::Superseded}
                                            : admit_repointed(desk, as_edit(create, group, said));
        if (weight(verdict.kind) > weight(told.kind)) told = verdict;
        if (told.kind == VerdictKind::Rejected || told.kind == VerdictKind::Parked ||
            told.reason == merge::kWithheld.id)
            return told;
    }
    if (told.kind == VerdictKind::Applied) told.kind = VerdictKind::Merged;
    const auto state = desk.store.facet(create.record, catalog::facets_of(kind).front());
    told.fv = state ? state->fv : Fv{};
    keep(desk, target, create, said, told);
    return told;
}

}  // namespace dossier::server
