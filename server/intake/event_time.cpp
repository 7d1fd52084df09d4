#include "server/intake/event_time.hpp"

#include "server/intake/admission.hpp"

namespace dossier::server {

merge::Op in_office_time(const Desk& desk, merge::Op op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr || !desk.from_laptop()) return op;
    for (auto& [tag, value] : op.fields) {
        const auto* of = catalog::find_field(*kind, tag);
        const auto* written = std::get_if<std::int64_t>(&value);
        if (of == nullptr || written == nullptr || of->type != catalog::Type::Time ||
            of->check != catalog::Check::NotFuture)
            continue;
        const Instant event{*written};
        const Instant meant =
            merge::corrected_event(event, desk.changeset.claimed_at, desk.bearer.at);
        if (meant == event) continue;
        value = meant.ms;
        Target target;
        target.place = {kind->tag, op.record, {}};
        target.kind = kind;
        target.group = {of};
        audit(desk, "clock", target, "ok", iso_utc(event));
    }
    return op;
}

}  // namespace dossier::server
