#include "server/intake/admission.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/base/plant.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/computed.hpp"
#include "server/intake/facets.hpp"
#include "server/intake/one_flag.hpp"
#include "server/intake/standpoint.hpp"
#include "server/intake/tasks.hpp"
#include "server/intake/told.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;

/// Fields that decide who sees a customer's file: a change re-evaluates all its records.
bool moves_file(const catalog::Kind& kind, const FieldValues& before, const FieldValues& after) {
    if (!catalog::is_file(kind)) return false;
    static const std::array kDeciding{field(kCustomer, "owner_user_id").tag,
                                      field(kCustomer, "service_user_id").tag,
                                      field(kCustomer, "region_id").tag,
                                      field(kCustomer, "department_id").tag,
                                      field(kCustomer, "file_state").tag,
                                      catalog::kSecrecyLevel,
                                      catalog::kMergedInto};
    return std::any_of(kDeciding.begin(), kDeciding.end(), [&](std::uint16_t tag) {
        const Value* was = find(before, tag);
        const Value* is = find(after, tag);
        return (was == nullptr ? Value{} : *was) != (is == nullptr ? Value{} : *is);
    });
}

/// A grant that begins or ends moves the files it opens into or out of its holder's scope.
void publish_granted(const Desk& desk, const FieldValues& grant) {
    static constexpr auto& kTargets = field(catalog::kAccessGrant, "scope_ids");
    const Value* targets = find(grant, kTargets.tag);
    for (const auto& element :
         targets == nullptr ? std::vector<std::string>{} : catalog::elements(*targets)) {
        const auto id = element.size() == 38
                            ? id_from<RecordId>(std::string_view(element).substr(1, 36))
                            : std::nullopt;
        const auto place = id ? desk.store.place(*id) : std::nullopt;
        const auto values = place && catalog::is_file(place->kind)
                                ? desk.store.load(kCustomer.tag, *id)
                                : std::nullopt;
        if (values)
            publish(desk.store, desk.people, *place, *values, {}, Reach::WholeFile,
                    desk.bearer.now);
    }
}

/// Whose rights a changed record is about; none for records about nobody's.
UserId holder_of_rights(const Target& target, const FieldValues& after) {
    const auto& kind = *target.kind;
    if (kind.acts) return target.place.record.as<UserTag>();
    // What a grant opens moves with the files it names.
    const bool of_person =
        kind.decides_rights && kind.made_by != catalog::MadeBy::Access && !kind.parent.empty();
    return of_person ? record_in(after, kind, kind.parent).as<UserTag>() : UserId{};
}

/// Owner of a customer at an earlier time, from the journal.
UserId owner_at(Store& store, const RecordId& customer, Instant at, bool& ever, const UserId& who) {
    static const std::uint16_t kOwner = field(kCustomer, "owner_user_id").tag;
    UserId owner;
    ever = false;
    for (const JournalEntry& entry : store.history(customer, kOwner)) {
        const Value* value = entry.won ? find(entry.value, kOwner) : nullptr;
        if (value == nullptr) continue;
        const UserId held = as_record(*value).as<UserTag>();
        ever = ever || held == who;
        if (entry.received_at <= at || entry.op == merge::OpKind::Create) owner = held;
    }
    return owner;
}

}  // namespace

merge::Verdict refused(const Error& error) {
    return {.kind = merge::VerdictKind::Rejected,
            .reason = std::string(error.id()),
            .args = error.args};
}

merge::Verdict parked(const Error& error) {
    return {
        .kind = merge::VerdictKind::Parked, .reason = std::string(error.id()), .args = error.args};
}

catalog::Author author_of(const Desk& desk) {
    if (desk.is_system()) return {};
    const auto& author = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    return {author.user.as<RecordTag>(), author.region, author.department};
}

bool is_known_to(const Desk& desk, const Standing& standing, const catalog::Kind& kind) {
    const auto& viewer = standing.viewer(desk);
    for (const Facet facet : catalog::facets_of(kind)) {
        const auto decision = access::decide(viewer, access::Operation::View, standing.subject,
                                             facet, standing.context(desk));
        if (decision.answer == access::Answer::Allow || decision.answer == access::Answer::Mask)
            return true;
    }
    return false;
}

Standing standing_of(const Desk& desk, const Place& place, const FieldValues& values) {
    Standing standing{desk.people.subject(place, values)};
    if (!desk.from_laptop() || place.customer.is_none()) return standing;
    const UserId author = desk.bearer.user;
    if (standing.subject.owner == author || standing.subject.service == author) return standing;
    bool ever = false;
    const UserId then = owner_at(desk.store, place.customer, desk.bearer.at, ever, author);
    if (then == author) {
        standing.subject = People::owned_by(std::move(standing.subject), author);
    } else if (ever) {
        standing.subject = People::owned_by(std::move(standing.subject), author);
        standing.late = true;
    }
    return standing;
}

Status may(const Desk& desk,
           access::Operation operation,
           const Place& place,
           const FieldValues& values,
           Facet facet) {
    if (desk.is_system()) return {};
    const Standing standing{desk.people.subject(place, values)};
    const auto& subject = standing.subject;
    const auto* kind = catalog::find_kind(place.kind);
    if (!is_known_to(desk, standing, *kind)) return fail(merge::kUnknownRecord);
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    const auto decision =
        access::decide(viewer, operation, subject, facet, {.now = desk.bearer.now});
    if (decision.answer == access::Answer::Allow) return {};
    return fail(access::kFaultDenied);
}

std::optional<Standing> standing_then(const Desk& desk,
                                      const Place& place,
                                      const FieldValues& values) {
    if (!desk.from_laptop()) return std::nullopt;
    Standing standing = standing_of(desk, place, values);
    standing.late = true;
    standing.then = desk.people.viewer_then(desk.bearer.user, desk.bearer.at);
    return standing;
}

JournalEntry journal_line(const Desk& desk, const merge::Op& op, const Target& target, int rank) {
    JournalEntry entry;
    entry.record = target.place.record;
    entry.kind = target.place.kind;
    entry.group = target.group.empty() ? std::uint16_t{0} : target.group.front()->tag;
    entry.op = op.kind;
    entry.base = op.base;
    entry.value = op.fields;
    entry.event = op.event;
    entry.stamp = desk.stamp(rank);
    entry.received_at = desk.bearer.now;
    entry.source = desk.changeset.source;
    entry.reason = desk.changeset.reason;
    return entry;
}

Fv write_record(const Desk& desk, const Target& target, FieldValues after, JournalEntry entry) {
    const auto& kind = *target.kind;
    compute(desk.store, target.place, after);
    const auto changed = changed_facets(kind, target.values, after);
    desk.store.save(target.place, after);
    const Facet of_group = target.group.empty() ? catalog::facets_of(kind).front() : target.facet();
    const auto held = desk.store.facet(target.place.record, of_group);
    if (entry.event != kTakeBack || entry.since.value == 0) {
        entry.since = held ? held->fv : Fv{};
        if (std::find(changed.begin(), changed.end(), of_group) != changed.end())
            entry.since = entry.since.next();
    }
    desk.store.append_journal(entry);
    if (kind.decides_rights && !is_planted(Plant::RightsKept)) desk.people.note_change();
    if (kind.made_by == catalog::MadeBy::Access) publish_granted(desk, after);
    const UserId holder = holder_of_rights(target, after);
    if (!holder.is_none() && !is_planted(Plant::MattersKept))
        publish_matters_of(desk.store, desk.people, holder, desk.bearer.now);
    // A new customer's file holds nothing else yet.
    const bool moves = !target.values.empty() && moves_file(kind, target.values, after) &&
                       !is_planted(Plant::MoveIgnored);
    const Reach reach = moves ? Reach::WholeFile : Reach::Record;
    publish(desk.store, desk.people, target.place, after, changed, reach, desk.bearer.now);
    if (gives_flag(kind, target.values, after)) keep_one_flag(desk, kind, parent_of(kind, after));
    follow_with_tasks(desk, target, after, moves);
    if (!kind.content.empty()) papers_came(desk, target.place.customer);
    const auto state = desk.store.facet(target.place.record, of_group);
    return state ? state->fv : Fv{};
}

void audit(const Desk& desk,
           std::string_view action,
           const Target& target,
           std::string_view result,
           std::string_view detail) {
    if (is_planted(Plant::NoAuditLine) && detail == "auto_merged") return;
    AuditLine line;
    line.at = desk.bearer.now;
    line.client_at = desk.from_laptop() ? desk.bearer.at : Instant{};
    line.user = desk.bearer.user;
    line.device = desk.bearer.device;
    line.action = action;
    line.entity = target.kind == nullptr ? "" : std::string(target.kind->name);
    line.record = target.place.record;
    for (const auto* member : target.group)
        line.fields += (line.fields.empty() ? "" : ",") + std::string(member->name);
    line.purpose = desk.changeset.reason;
    line.result = result;
    line.detail = detail;
    desk.store.append_audit(std::move(line));
}

}  // namespace dossier::server
