#include "server/reading/past.hpp"

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/workflow/machines.hpp"
#include "common/workflow/step.hpp"

#include "server/reading/find.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using access::Operation;
using catalog::field;
using catalog::kCustomer;

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
    if (const auto* hired = catalog::find_field(kind, "active_from"))
        assign(values, hired->tag, std::string("9999-12-31"));
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

/// Who reads the audit, or keeps the people.
Status may_ask(Office& office, const Asker& asker) {
    if (asker.who.is_none()) return {};
    const auto& viewer = office.people().viewer(asker.who, office.now());
    const auto decide = [&](Operation operation) {
        return access::decide(viewer, operation, {}, Facet::Main, {.now = office.now()});
    };
    const auto reading = decide(Operation::ReadAudit);
    if (reading.answer == Answer::Allow) return access::permit(reading, asker.purpose);
    if (decide(Operation::Administer).answer == Answer::Allow) return {};
    return fail(access::kFaultDenied);
}

void count_files(Office& office, const Asker& asker, Instant at, AsOf& found) {
    auto& store = office.store();
    for (auto page = store.list(kCustomer.tag, {}, kPage); !page.empty();
         page = store.list(kCustomer.tag, page.back(), kPage)) {
        for (const RecordId& id : page) {
            const auto then = values_at(store, id, at);
            if (!then || is_gone(*then)) continue;
            const auto subject = office.people().subject({kCustomer.tag, id, id}, *then);
            const auto answer = [&](Operation operation) {
                return access::decide(found.viewer, operation, subject, Facet::Main, {.now = at})
                    .answer;
            };
            const auto region = record_in(*then, field(kCustomer, "region_id"));
            auto& count = found.counts[{title_of(office, asker, region),
                                        number_in(*then, catalog::kSecrecyLevel)}];
            ++count.files;
            count.reads += answer(Operation::View) == Answer::Allow ? 1U : 0U;
            count.masked += answer(Operation::View) == Answer::Mask ? 1U : 0U;
            count.edits += answer(Operation::EditPlain) == Answer::Allow ? 1U : 0U;
        }
    }
}

void look_at(Office& office,
             const Place& place,
             const FieldValues& then,
             Instant at,
             std::span<const Operation> asked,
             AsOf& found) {
    const auto subject = office.people().subject(place, then);
    for (const Facet facet : catalog::facets_of(kCustomer)) {
        auto& [part, decisions] = found.parts.emplace_back();
        part = facet;
        for (const Operation operation : asked)
            decisions.push_back(
                access::decide(found.viewer, operation, subject, facet, {.now = at}));
    }
    found.owner = record_in(then, field(kCustomer, "owner_user_id")).as<UserTag>();
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
    for (const auto* kind : catalog::kinds()) {
        if (kind->decides_rights) rewind(store, *kind, at);
    }
    office.people().forget();
    look();
    store.rollback_to_mark();
    office.people().forget();
}

Result<AsOf> as_of(Office& office,
                   const Asker& asker,
                   const UserId& who,
                   Instant at,
                   const RecordId& customer,
                   std::span<const Operation> asked) {
    const Place place{kCustomer.tag, customer, customer};
    auto allowed = may_ask(office, asker);
    note_read(office, asker, "as_of", place, allowed.has_value());
    if (!allowed) return pass(allowed);
    const auto then = customer.is_none() ? std::nullopt : values_at(office.store(), customer, at);
    AsOf found;
    found.existed = customer.is_none() || then.has_value();
    in_the_past(office, at, [&] {
        found.viewer = office.people().viewer(who, at);
        if (then) look_at(office, place, *then, at, asked, found);
        if (customer.is_none()) count_files(office, asker, at, found);
    });
    return found;
}

}  // namespace dossier::server
