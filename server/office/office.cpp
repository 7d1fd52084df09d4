#include "server/office/office.hpp"

#include "common/access/find_fault.hpp"
#include "common/catalog/customer.hpp"

#include "server/intake/quoted.hpp"

namespace dossier::server {
namespace {

/// Customers a record of the office's own names without belonging to one of them.
std::vector<RecordId> customers_named(std::uint16_t tag, const FieldValues& values) {
    const auto* kind = catalog::find_kind(tag);
    std::vector<RecordId> named;
    if (kind == nullptr || kind->belongs != catalog::Belongs::Administration) return named;
    for (const catalog::Field& of : kind->fields) {
        const Value* value = of.target == "customer" ? find(values, of.tag) : nullptr;
        const auto customer = value == nullptr ? RecordId{} : as_record(*value);
        if (!customer.is_none()) named.push_back(customer);
    }
    return named;
}

}  // namespace

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
    const auto view = [&](const access::Subject& of, Facet at) {
        return access::decide(people_.viewer(viewer, now()), access::Operation::View, of, at,
                              {.now = now()});
    };
    auto own = view(subject, quoted ? quoted->facet : facet);
    if (own.answer == access::Answer::Deny || quoted || !place.customer.is_none()) return own;
    // What names customers is seen by who may know of each: a pair of look-alikes, a merge.
    for (const RecordId& customer : customers_named(place.kind, values)) {
        const auto held = store_.load(catalog::kCustomer.tag, customer);
        if (!held) continue;
        // An absorbed file is told of as it was before.
        const auto file = People::before_merge(
            people_.subject({catalog::kCustomer.tag, customer, customer}, *held), *held);
        auto named = view(file, Facet::Directory);
        if (named.answer != access::Answer::Allow || named.purpose_needed) return named;
    }
    return own;
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
