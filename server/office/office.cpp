#include "server/office/office.hpp"

#include "common/access/find_fault.hpp"

namespace dossier::server {
Result<std::vector<merge::Verdict>> Office::change(const UserId& actor,
                                                   merge::Changeset changeset) {
    const Instant at = now();
    changeset.author = actor;
    changeset.claimed_at = at;
    changeset.schema = catalog::schema_version();
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

RecordId Office::id_of_new(const UserId& actor,
                           const catalog::Kind& kind,
                           const FieldValues& values) {
    const Instant at = now();
    return intake_.id_of_new({.user = actor, .at = at, .now = at}, kind, values);
}

Status Office::may_import(const UserId& actor, const merge::Op& op, const catalog::Field& of) {
    const Instant at = now();
    return intake_.may_say({.user = actor, .at = at, .now = at}, "import", op, of);
}

}  // namespace dossier::server
