// What a step works on, and who may take it.
#include <algorithm>

#include "common/access/faults.hpp"
#include "common/base/plant.hpp"
#include "common/catalog/canonical.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/step.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/grants.hpp"
#include "server/intake/hand.hpp"
#include "server/intake/merge.hpp"

namespace dossier::server {
namespace {

using access::Operation;
using catalog::find_field;
using workflow::Authority;

/// The group of a record that a case or proposal disputes. Errors: intake.unknown_record.
Result<Target> disputed(const Hand& hand) {
    const auto& kind_of_matter = *hand.machine.kind;
    const auto& values = hand.target.values;
    const Value* record = find(values, find_field(kind_of_matter, "record_id")->tag);
    const auto* kind = catalog::find_kind(text_in(values, *find_field(kind_of_matter, "entity")));
    const auto place = record == nullptr ? std::nullopt : hand.desk.store.place(as_record(*record));
    if (kind == nullptr || !place) return fail(merge::kUnknownRecord);
    Target about{.place = *place,
                 .kind = kind,
                 .values = hand.desk.store.load(kind->tag, place->record).value_or(FieldValues{})};
    const auto* group = find_field(*kind, text_in(values, *find_field(kind_of_matter, "field")));
    if (group == nullptr) return fail(merge::kUnknownRecord);
    about.group = catalog::group_of(*kind, *group);
    return about;
}

/// To whom a record is unknown, nothing else may be said of it.
Status must_know(const Hand& hand) {
    const auto subject = hand.desk.people.subject(hand.target.place, hand.target.values);
    return is_known_to(hand.desk, subject, *hand.machine.kind) ? Status{}
                                                               : fail(merge::kUnknownRecord);
}

Status on_files(const Hand& hand, const workflow::Right& right) {
    // What was absorbed is no file of its own any more: a merge is parted by the survivor.
    const bool parts = hand.machine.asked_of != nullptr && !hand.target.values.empty();
    for (const Target& file : hand.files) {
        if (parts && &file != &hand.files.back()) continue;
        if (auto allowed = may(hand.desk, right.operation, file.place, file.values, right.facet);
            !allowed)
            return allowed;
    }
    const auto& roles = hand.desk.people.viewer(hand.desk.bearer.user, hand.desk.bearer.now).roles;
    const bool holds =
        right.roles.empty() || std::ranges::any_of(roles, [&](const access::Held& held) {
            return std::ranges::find(right.roles, held.role) != right.roles.end();
        });
    return holds ? Status{} : fail(access::kFaultDenied);
}

Status by_one(const Hand& hand,
              const workflow::Step& step,
              const workflow::Right& right,
              const FieldValues& values) {
    const Desk& desk = hand.desk;
    switch (right.by) {
        case Authority::Operation:
            return may(desk, right.operation, hand.target.place, values, right.facet);
        case Authority::Matter:
            return may(desk, right.operation, hand.about->place, hand.about->values,
                       hand.about->facet());
        case Authority::Files:
            return on_files(hand, right);
        case Authority::Grant:
            return may_manage(desk.store, desk.people, desk.bearer.user, values, desk.bearer.now);
        default:
            break;
    }
    const bool is_offices = right.by == Authority::Office;
    const bool tells = is_offices && is_planted(Plant::MarkTells);
    if (auto known = must_know(hand); !known && !tells) return known;
    if (is_offices) return fail(access::kFaultDenied);
    const auto subject = desk.people.subject(hand.target.place, values);
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    const auto chosen =
        workflow::may_step(hand.machine, hand.op.event, hand.target.values, hand.op.fields);
    const bool his = workflow::may_take({&right, 1}, *hand.machine.kind,
                                        {viewer, subject, values, hand.op.fields,
                                         chosen ? step.to : std::string_view{}, desk.bearer.now});
    return his ? Status{} : fail(access::kFaultDenied);
}

/// The first right that holds; else what is wrong with the last that was tried.
Status by_any(const Hand& hand, const workflow::Step& step, const FieldValues& values) {
    if (hand.desk.is_system()) return {};
    Status last = fail(access::kFaultDenied);
    for (const workflow::Right& right : step.who) {
        if (!workflow::suffices(right, *hand.machine.kind, hand.op.fields)) continue;
        last = by_one(hand, step, right, values);
        if (last) break;
    }
    return last;
}

/// Whether a right to one of the machine's steps is decided so.
bool decided_by(const workflow::Machine& machine, Authority authority) {
    return std::ranges::any_of(machine.steps, [&](const workflow::Step& step) {
        return std::ranges::find(step.who, authority, &workflow::Right::by) != step.who.end();
    });
}

/// The customer files the record names.
void pick_up_files(Hand& hand) {
    for (const auto& of : hand.machine.kind->fields) {
        if (catalog::names_file(of))
            hand.files.push_back(customer_target(hand.desk, record_in(hand.target.values, of)));
    }
}

}  // namespace

Status pick_up(Hand& hand) {
    const auto& kind = *hand.machine.kind;
    hand.target.kind = &kind;
    if (hand.machine.asked_of != nullptr) return pick_up_merge(hand);
    const RecordId& record = hand.op.record;
    hand.target.place = hand.desk.store.place(record).value_or(Place{});
    const auto values =
        hand.target.place.kind == kind.tag ? hand.desk.store.load(kind.tag, record) : std::nullopt;
    if (!values) return fail(merge::kUnknownRecord);
    hand.target.values = *values;
    hand.after = *values;
    if (decided_by(hand.machine, Authority::Matter)) {
        auto about = disputed(hand);
        if (!about) return pass(about);
        hand.about = std::move(*about);
    }
    if (decided_by(hand.machine, Authority::Files)) pick_up_files(hand);
    return {};
}

Status check_right(const Hand& hand, const workflow::Step& step) {
    return by_any(hand, step, hand.target.values);
}

Status check_reach(const Hand& hand, const workflow::Step& step) {
    return by_any(hand, step, hand.after) ? Status{} : fail(access::kFaultDenied);
}

}  // namespace dossier::server
