#include "server/intake/event_time.hpp"

#include "server/intake/admission.hpp"

namespace dossier::server {
namespace {

Value meant_by(const Desk& desk, const catalog::Field& of, const Value& written) {
    const Instant claimed = desk.changeset.claimed_at;
    if (const auto event = as_number(written); event && of.type == catalog::Type::Time)
        return merge::corrected_event({*event}, claimed, desk.bearer.event_time()).ms;
    if (const auto* date = as_text(written); date != nullptr && of.type == catalog::Type::Date)
        return merge::corrected_date(*date, claimed, desk.bearer.event_time());
    return written;
}

}  // namespace

merge::Op in_office_time(const Desk& desk, merge::Op op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr || !desk.from_laptop()) return op;
    for (auto& [tag, value] : op.fields) {
        const auto* of = catalog::find_field(*kind, tag);
        if (of == nullptr || of->check != catalog::Check::NotFuture) continue;
        const Value written = value;
        value = meant_by(desk, *of, written);
        if (value == written) continue;
        Target target;
        target.place = {kind->tag, op.record, {}};
        target.kind = kind;
        target.group = {of};
        const auto* date = as_text(written);
        audit(desk, "clock", target, "ok",
              date != nullptr ? *date : iso_utc({as_number(written).value_or(0)}));
    }
    return op;
}

}  // namespace dossier::server
