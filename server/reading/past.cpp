#include "server/reading/past.hpp"

#include <functional>

#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/reading/find.hpp"
#include "server/reading/rights.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::field;

using catalog::kDeletedAt;

/// The row an event of the record's own history was; nullptr where the tables know none. A
/// history may tell of a step from a state that allows it no more.
const workflow::Step* row_of(const workflow::Machine& machine,
                             const JournalEntry& entry,
                             const FieldValues& values) {
    if (!machine.has_history) return nullptr;
    const auto step = workflow::may_step(machine, entry.event, values, entry.value);
    return step ? *step : workflow::steps_of(machine, entry.event).front();
}

/// What an event did beyond the fields it names.
void follow_event(const catalog::Kind& kind, const JournalEntry& entry, FieldValues& values) {
    const auto* machine = workflow::machine_of(kind, entry.event);
    const auto* step = machine == nullptr ? nullptr : row_of(*machine, entry, values);
    for (const auto& [tag, value] : entry.before) {
        if (find(entry.value, tag) == nullptr) assign(values, tag, {});
    }
    for (const auto& [tag, value] : entry.value) assign(values, tag, value);
    if (step == nullptr) return;
    const auto& state = *catalog::find_field(kind, machine->state_field);
    if (!step->to.empty() && state.type == catalog::Type::Enum)
        assign(values, state.tag, std::string(step->to));
    if (!step->signed_at.empty())
        assign(values, catalog::find_field(kind, step->signed_at)->tag, entry.received_at.ms);
}

void follow_set(const catalog::Kind& kind, const JournalEntry& entry, FieldValues& values) {
    const auto* first = catalog::find_field(kind, entry.group);
    if (first == nullptr) return;
    for (const auto* member : catalog::group_of(kind, *first)) {
        const Value* value = find(entry.value, member->tag);
        assign(values, member->tag, value == nullptr ? Value{} : *value);
    }
}

/// Nobody had it yet: it is there, and in force for nobody.
FieldValues not_yet(const catalog::Kind& kind, FieldValues values) {
    constexpr std::int64_t kNever = 253'402'300'799'000;  // the end of year 9999
    if (const auto* from = catalog::find_field(kind, "from_at")) assign(values, from->tag, kNever);
    if (const auto* to = catalog::find_field(kind, "to_at")) assign(values, to->tag, kNever + 1);
    if (const auto* hired = catalog::find_field(kind, "active_from"))
        assign(values, hired->tag, std::string("9999-12-31"));
    return values;
}

/// A record as the office held it at `at`, from its journal; nothing when it was not there yet.
/// Derived: the journal keeps what was asked for, so fields a job computed are those of today.
std::optional<FieldValues> values_at(Store& store, const RecordId& record, Instant at) {
    const auto place = store.place(record);
    const auto* kind = place ? catalog::find_kind(place->kind) : nullptr;
    if (kind == nullptr) return std::nullopt;
    std::optional<FieldValues> values;
    for (const JournalEntry& entry : store.history(record, {})) {
        if (entry.received_at > at) break;
        if (!entry.won) continue;
        if (entry.op == merge::OpKind::Create) values = entry.value;
        if (!values) values.emplace();
        if (entry.op == merge::OpKind::Set) follow_set(*kind, entry, *values);
        if (entry.op == merge::OpKind::Event) follow_event(*kind, entry, *values);
        if (entry.op == merge::OpKind::Remove) assign(*values, kDeletedAt, entry.stamp.at.ms);
    }
    if (values) std::erase_if(*values, [](const auto& each) { return is_empty(each.value); });
    return values;
}

void rewind(Store& store, const catalog::Kind& kind, Instant at) {
    for (auto page = store.list(kind.tag, {}, kWalkPage); !page.empty();
         page = store.list(kind.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            const auto now = store.load(kind.tag, id).value_or(FieldValues{});
            auto then = values_at(store, id, at);
            if (then && *then == now) continue;
            store.save(*store.place(id), then ? std::move(*then) : not_yet(kind, now));
        }
    }
}

/// Calls `look` while users, roles, regions, departments and grants are what they were at `at`.
/// Nothing of it is kept: inside the caller's unit everything is as before when it returns.
void in_the_past(Office& office, Instant at, const std::function<void()>& look) {
    Store& store = office.store();
    store.mark();
    for (const auto* kind : {&catalog::kRegion, &catalog::kDepartment, &catalog::kUser,
                             &catalog::kRoleAssignment, &catalog::kAccessGrant})
        rewind(store, *kind, at);
    office.people().forget();
    look();
    store.rollback_to_mark();
    office.people().forget();
}

FileCounts count_files(Office& office,
                       const Asker& asker,
                       const access::Viewer& viewer,
                       Instant at) {
    using access::Answer;
    using access::Operation;
    using catalog::kCustomer;
    auto& store = office.store();
    FileCounts counts;
    for (auto page = store.list(kCustomer.tag, {}, kWalkPage); !page.empty();
         page = store.list(kCustomer.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            const auto then = values_at(store, id, at);
            if (!then || is_gone(*then)) continue;
            const auto subject = office.people().subject({kCustomer.tag, id, id}, *then);
            const auto answer = [&](Operation operation) {
                return access::decide(viewer, operation, subject, Facet::Main, {.now = at}).answer;
            };
            const auto region = record_in(*then, field(kCustomer, "region_id"));
            const Value* level = find(*then, catalog::kSecrecyLevel);
            FileCount& count = counts[{region.is_none() ? "-" : title_of(office, asker, region),
                                       level == nullptr ? 0 : as_number(*level).value_or(0)}];
            ++count.files;
            count.reads += answer(Operation::View) == Answer::Allow ? 1U : 0U;
            count.masked += answer(Operation::View) == Answer::Mask ? 1U : 0U;
            count.edits += answer(Operation::EditPlain) == Answer::Allow ? 1U : 0U;
        }
    }
    return counts;
}

}  // namespace

Status may_ask_past(Office& office, const Asker& asker) {
    const auto decision =
        access::decide(office.people().viewer(asker.who, office.now()),
                       access::Operation::ReadAudit, {}, Facet::Main, {.now = office.now()});
    if (decision.answer == access::Answer::Allow) return access::permit(decision, asker.purpose);
    return may_administer(office, asker.who);
}

Result<std::optional<PastRights>> rights_at(Office& office,
                                            const Asker& asker,
                                            const UserId& user,
                                            const RecordId& customer,
                                            Instant at,
                                            std::span<const access::Operation> operations) {
    using catalog::kCustomer;
    if (auto allowed = may_ask_past(office, asker); !allowed) {
        note_read(office, asker, "as_of", {kCustomer.tag, customer, {}}, false);
        return pass(allowed);
    }
    const bool of_one = !customer.is_none();
    const auto then = of_one ? values_at(office.store(), customer, at) : std::nullopt;
    if (of_one && !then) return std::optional<PastRights>();
    PastRights past;
    // Names too are those of then: whoever reads it sees the office as it was.
    in_the_past(office, at, [&] {
        past.viewer = office.people().viewer(user, at);
        past.name = person_name(office, asker, user);
        if (!of_one) {
            past.counts = count_files(office, asker, past.viewer, at);
            return;
        }
        past.parts = rights_of(office, past.viewer, customer, *then, operations, at);
        const auto owner = record_in(*then, field(kCustomer, "owner_user_id"));
        past.owner = owner.is_none() ? "-" : person_name(office, asker, owner.as<UserTag>());
    });
    note_read(office, asker, "as_of", {kCustomer.tag, customer, {}}, true);
    return std::optional(std::move(past));
}

}  // namespace dossier::server
