#include "server/intake/copies.hpp"

#include <algorithm>

#include "server/intake/admission.hpp"

namespace dossier::server {
namespace {

bool may_copy(const Desk& desk, const Standing& standing, const catalog::Kind& kind) {
    const auto decision =
        access::decide(standing.viewer(desk), access::Operation::CopyCard, standing.subject,
                       catalog::facets_of(kind).front(), standing.context(desk));
    return decision.answer == access::Answer::Allow;
}

/// "" = as he might; else what the reader of the audit should know.
std::string_view oddity_of(const Desk& desk, const Target& target) {
    if (target.kind == nullptr || target.values.empty()) return "unknown";
    const Standing now = standing_of(desk, target.place, target.values);
    if (may_copy(desk, now, *target.kind)) return now.late ? "late" : "";
    const auto then = standing_then(desk, target.place, target.values);
    return then && may_copy(desk, *then, *target.kind) ? "late" : "not_allowed";
}

}  // namespace

merge::Verdict admit_copy(const Desk& desk, const merge::Op& op) {
    Target target;
    target.kind = catalog::find_kind(op.record_kind);
    const auto place = desk.store.place(op.record).value_or(Place{});
    target.place.record = op.record;
    if (target.kind != nullptr && place.kind == op.record_kind) {
        target.place = place;
        target.values = desk.store.load(place.kind, op.record).value_or(FieldValues{});
    }
    const auto oddity = oddity_of(desk, target);
    audit(desk, op.event, target, oddity.empty() ? "ok" : "denied", oddity);
    return {.kind = merge::VerdictKind::Applied};
}

}  // namespace dossier::server
