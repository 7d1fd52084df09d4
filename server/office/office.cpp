#include "server/office/office.hpp"

#include "common/access/find_fault.hpp"

#include "server/intake/quoted.hpp"

namespace dossier::server {

Result<std::vector<merge::Verdict>> Office::change(const UserId& actor,
                                                   merge::Changeset changeset) {
    const Instant at = now();
    changeset.author = actor;
    changeset.claimed_at = at;
    changeset.schema = catalog::kSchemaVersion;
    // Roles and regions may have changed since the last unit of work.
    people_.forget();
    const Bearer bearer{.user = actor, .at = at, .now = at};
    auto verdicts = intake_.admit(bearer, changeset);
    for (const auto& verdict : verdicts) {
        const bool refusal = verdict.kind == merge::VerdictKind::Rejected ||
                             verdict.kind == merge::VerdictKind::Parked;
        if (refusal && verdict.reason != "intake.sibling")
            return tl::unexpected(access::error_of(verdict.reason, verdict.args));
    }
    return verdicts;
}

access::Decision Office::may_view(const UserId& viewer,
                                  const Place& place,
                                  const FieldValues& values,
                                  Facet facet) {
    const auto quoted = quoted_by(store_, place.kind, values);
    const auto subject =
        quoted ? people_.subject(quoted->place, quoted->values) : people_.subject(place, values);
    return access::decide(people_.viewer(viewer, now()), access::Operation::View, subject,
                          quoted ? quoted->facet : facet, {.now = now()});
}

void Office::note_read(const UserId& actor,
                       std::string_view action,
                       const Place& place,
                       std::string_view purpose,
                       bool allowed) {
    const auto* kind = catalog::find_kind(place.kind);
    AuditLine line;
    line.at = now();
    line.user = actor;
    line.action = action;
    line.entity = kind == nullptr ? "" : std::string(kind->name);
    line.record = place.record;
    line.purpose = purpose;
    line.result = allowed ? "ok" : "denied";
    store_.append_audit(std::move(line));
}

}  // namespace dossier::server
