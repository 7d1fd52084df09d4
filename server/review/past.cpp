#include "server/review/past.hpp"

#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

namespace dossier::server {
namespace {

using catalog::field;

constexpr std::size_t kPage = 500;
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
    if (kind.tag == catalog::kUser.tag)
        assign(values, field(catalog::kUser, "active_from").tag, std::string("9999-12-31"));
    return values;
}

void rewind(Store& store, const catalog::Kind& kind, Instant at) {
    for (auto page = store.list(kind.tag, {}, kPage); !page.empty();
         page = store.list(kind.tag, page.back(), kPage)) {
        for (const RecordId& id : page) {
            const auto now = store.load(kind.tag, id).value_or(FieldValues{});
            auto then = values_at(store, id, at);
            if (then && *then == now) continue;
            store.save(*store.place(id), then ? std::move(*then) : not_yet(kind, now));
        }
    }
}

}  // namespace

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

}  // namespace dossier::server
