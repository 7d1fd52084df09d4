#include "server/intake/move_file.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/review.hpp"

#include "server/intake/absorbed.hpp"
#include "server/intake/absorbed_words.hpp"
#include "server/intake/facets.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/one_flag.hpp"

namespace dossier::server {
namespace {

using catalog::kCustomer;

FieldValues pointed(const catalog::Kind& kind,
                    FieldValues values,
                    const RecordId& from,
                    const RecordId& to) {
    for (auto& [tag, value] : values) {
        const auto* of = catalog::find_field(kind, tag);
        if (of != nullptr && catalog::names_file(*of) && value == Value{from}) value = to;
    }
    return values;
}

FieldValues difference(const FieldValues& of, const FieldValues& to) {
    FieldValues part;
    for (const auto& entry : of) {
        const Value* other = find(to, entry.tag);
        if (other == nullptr || *other != entry.value) part.push_back(entry);
    }
    return part;
}

JournalEntry line_of(const Desk& desk, const Place& place) {
    JournalEntry entry{.record = place.record, .kind = place.kind, .op = merge::OpKind::Event};
    entry.stamp = desk.stamp(0);
    entry.received_at = desk.bearer.now;
    entry.source = desk.changeset.source;
    entry.reason = desk.changeset.reason;
    return entry;
}

FieldValues part_of(const std::vector<const catalog::Field*>& group, const FieldValues& values) {
    FieldValues part;
    for (const auto* member : group) {
        const Value* value = find(values, member->tag);
        if (value != nullptr && !is_empty(*value)) part.push_back({member->tag, *value});
    }
    return part;
}

/// The groups of a customer in which two states differ; computed fields follow by themselves.
std::vector<std::vector<const catalog::Field*>> changed_groups(const FieldValues& before,
                                                               const FieldValues& after) {
    std::vector<std::vector<const catalog::Field*>> groups;
    for (const auto* each : catalog::all_fields(kCustomer)) {
        auto group = catalog::group_of(kCustomer, *each);
        const bool first = group.front() == each;
        if (!first || each->merge == catalog::Merge::Computed) continue;
        if (part_of(group, before) != part_of(group, after)) groups.push_back(std::move(group));
    }
    return groups;
}

}  // namespace

FieldValues restored(const FieldValues& now, const Changed& changed) {
    FieldValues values = now;
    for (const auto& group : changed_groups(changed.before, changed.after)) {
        if (part_of(group, now) != part_of(group, changed.after)) continue;
        for (const auto* member : group) {
            const Value* was = find(changed.before, member->tag);
            assign(values, member->tag, was == nullptr ? Value{} : *was);
        }
    }
    std::erase_if(values, [](const FieldValue& each) { return is_empty(each.value); });
    return values;
}

void Mover::give(const Place& place, const FieldValues& before, const FieldValues& after) const {
    const auto* kind = catalog::find_kind(place.kind);
    desk.store.save(place, after);
    JournalEntry entry = line_of(desk, place);
    entry.before = difference(before, after);
    entry.base = entry.before;
    entry.value = difference(after, before);
    entry.event = event;
    entry.matter = number;
    desk.store.append_journal(entry);
    publish(desk.store, desk.people, place, after, changed_facets(*kind, before, after),
            Reach::Record, desk.bearer.now);
}

std::uint64_t Mover::move_file(const RecordId& from, const RecordId& to) const {
    std::uint64_t moved = 0;
    for (const Place& place : desk.store.file_of(from)) {
        const auto* kind = catalog::find_kind(place.kind);
        // A merge is kept where it was made; a matter goes with the record it is about.
        const bool goes = kind != nullptr && kind->belongs == catalog::Belongs::Customer;
        if (!goes || place.record == from) continue;
        if (only_of_kind(desk.store, *kind, to)) continue;
        const auto values = desk.store.load(place.kind, place.record).value_or(FieldValues{});
        FieldValues after = pointed(*kind, values, from, to);
        yield_flag(desk.store, *kind, to, after);
        give({place.kind, place.record, to}, values, after);
        moved += 1 + give_matters_of(place.record, to);
    }
    return moved;
}

/// A case or proposal lies where the record lies that it is about, and is shown as that is.
std::uint64_t Mover::give_matters_of(const RecordId& record, const RecordId& customer) const {
    std::uint64_t given = 0;
    if (is_planted(Plant::MattersStay)) return given;
    for (const auto* kind : {&catalog::kCase, &catalog::kProposal}) {
        for (const RecordId& id :
             desk.store.find(kind->tag, catalog::find_field(*kind, "record_id")->tag, record)) {
            const auto values = desk.store.load(kind->tag, id).value_or(FieldValues{});
            give({kind->tag, id, customer}, values, values);
            ++given;
        }
    }
    return given;
}

void Mover::move_back(const RecordId& from, const RecordId& to, Instant merged_at) const {
    const auto customers = lives_in(desk.store, from);
    for (const Place& place : desk.store.file_of(to)) {
        const auto* kind = catalog::find_kind(place.kind);
        const auto history = desk.store.history(place.record, {});
        const auto came = std::find_if(history.rbegin(), history.rend(), [&](const auto& entry) {
            return (entry.event == "merge" && entry.matter == number) ||
                   (entry.received_at >= merged_at && was_made_for(entry, customers));
        });
        if (kind == nullptr || catalog::is_matter(*kind) || place.record == to ||
            came == history.rend())
            continue;
        const auto values = desk.store.load(place.kind, place.record).value_or(FieldValues{});
        const bool made = came->op == merge::OpKind::Create;
        FieldValues after = made ? pointed(*kind, values, to, from) : values;
        for (const auto& [tag, value] : made ? FieldValues{} : came->value) {
            const Value* now = find(values, tag);
            const Value* was = find(came->before, tag);
            if (now != nullptr && *now == value && was != nullptr) assign(after, tag, *was);
        }
        give({place.kind, place.record, from}, values, after);
        static_cast<void>(give_matters_of(place.record, from));
    }
    for (const auto* kind : catalog::kinds()) {
        if (!kind->one_flag.empty()) keep_one_flag(desk, *kind, from);
    }
}

Changed Mover::rewrite(const Target& customer, const FieldValues& after) const {
    Changed changed;
    for (const auto& group : changed_groups(customer.values, after)) {
        JournalEntry entry = line_of(desk, customer.place);
        entry.op = merge::OpKind::Set;
        entry.group = group.front()->tag;
        entry.before = part_of(group, customer.values);
        entry.base = entry.before;
        entry.value = part_of(group, after);
        entry.verdict = merge::VerdictKind::Merged;
        entry.matter = number;
        desk.store.append_journal(entry);
        for (const auto& [tag, value] : entry.before) assign(changed.before, tag, value);
        for (const auto& [tag, value] : entry.value) assign(changed.after, tag, value);
    }
    JournalEntry entry = line_of(desk, customer.place);
    entry.event = event;
    entry.matter = number;
    write_record(desk, customer, after, entry);
    for (const auto& group : changed_groups(customer.values, after)) {
        Target target = customer;
        target.values = after;
        target.group = group;
        revisit_proposals(desk, target, part_of(group, customer.values), part_of(group, after), {});
    }
    return changed;
}

Fv Mover::mark(const Target& customer, const FieldValues& after) const {
    JournalEntry entry = line_of(desk, customer.place);
    entry.event = event;
    entry.before = difference(customer.values, after);
    entry.base = entry.before;
    entry.value = difference(after, customer.values);
    entry.matter = number;
    return write_record(desk, customer, after, entry);
}

}  // namespace dossier::server
