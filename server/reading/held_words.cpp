#include "server/reading/held_words.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"

#include "protocol/codec.hpp"

#include "server/reading/rights.hpp"

namespace dossier::server {
namespace {

/// Where what an op would write belongs, as far as it is known yet.
Place place_of(Store& store, const merge::Op& op, const catalog::Kind& kind) {
    if (const auto place = store.place(op.record)) return *place;
    Place place{op.record_kind, op.record, {}};
    if (catalog::is_file(kind)) place.customer = op.record;
    if (kind.parent.empty()) return place;
    const auto above = store.place(record_in(op.fields, *catalog::find_field(kind, kind.parent)));
    if (above) place.customer = above->customer;
    return place;
}

/// Whether a person who decides about what waits may read what this op says of a facet. Words for a
/// destroyed file are his to read, for a purpose (C-13).
bool may_read_words(Office& office, const Asker& asker, const merge::Op& op, Facet facet) {
    auto& store = office.store();
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr) return false;
    const auto record = store.load(op.record_kind, op.record).value_or(op.fields);
    const auto sight = sight_of(office, asker, place_of(store, op, *kind), record, facet);
    if (sight.decision.rule != access::kGone.id) return sight.in_clear();
    const access::Decision for_a_purpose{.answer = access::Answer::Allow, .purpose_needed = true};
    return access::permit(for_a_purpose, asker.purpose).has_value();
}

/// What the op would write, as he may read it.
FieldValues shown_words(Office& office, const Asker& asker, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr) return {};
    FieldValues shown = op.fields;
    for (auto& [tag, value] : shown) {
        const auto* of = catalog::find_field(*kind, tag);
        const bool told =
            of != nullptr && may_read_words(office, asker, op, catalog::facet_of(*kind, *of));
        if (!told && !is_empty(value)) value = std::string(kHidden);
    }
    return shown;
}

/// Errors: access.denied, intake.not_waiting, those of decode_changeset.
Result<merge::Changeset> held_changeset(Office& office, const Asker& asker, std::uint64_t number) {
    if (auto allowed = may_decide_held(office, asker); !allowed) return pass(allowed);
    const auto row = office.store().withheld(number);
    if (!row) return fail(kNotWaiting, std::to_string(number));
    return protocol::decode_changeset(row->body);
}

}  // namespace

Status may_decide_held(Office& office, const Asker& asker) {
    const auto& roles = office.people().viewer(asker.who, office.now()).roles;
    const bool allowed = std::any_of(roles.begin(), roles.end(), [](const access::Held& held) {
        return held.role == access::Role::ServiceManager ||
               held.role == access::Role::GeneralManager;
    });
    if (!allowed) return fail(access::kFaultDenied);
    return {};
}

Result<std::vector<WithheldRow>> list_held(Office& office, const Asker& asker) {
    if (!may_decide_held(office, asker)) {
        if (auto allowed = may_administer(office, asker.who); !allowed) return pass(allowed);
    }
    return office.store().withheld();
}

Result<std::vector<HeldWords>> read_held(Office& office, const Asker& asker, std::uint64_t number) {
    auto changeset = held_changeset(office, asker, number);
    if (!changeset) return pass(changeset);
    std::vector<HeldWords> all;
    for (merge::Op& op : changeset->ops) {
        auto shown = shown_words(office, asker, op);
        auto reason = changeset->reason;
        if (!reason.empty() && !may_read_words(office, asker, op, Facet::Main)) reason = kHidden;
        const bool whole = shown == op.fields && reason == changeset->reason;
        note_read(office, asker, "view", {op.record_kind, op.record, {}}, whole);
        op.fields = std::move(shown);
        all.push_back({std::move(op), whole, std::move(reason)});
    }
    return all;
}

Result<content::Held> held_content(Office& office, const Asker& asker, std::uint64_t number) {
    const auto changeset = held_changeset(office, asker, number);
    if (!changeset) return tl::unexpected(changeset.error());
    for (const merge::Op& op : changeset->ops) {
        auto held = office.store().contents().of(op.record);
        if (!catalog::has_content(op.record_kind) || !held || !held->whole) continue;
        const auto& kind = *catalog::find_kind(op.record_kind);
        const bool shown = may_read_words(
            office, asker, op, catalog::facet_of(kind, *catalog::find_field(kind, kind.content)));
        note_read(office, asker, "attach_get", {op.record_kind, op.record, {}}, shown);
        if (!shown) return fail(access::kFaultPurposeNeeded);
        return *held;
    }
    return fail(kNoContentHeld, std::to_string(number));
}

}  // namespace dossier::server
