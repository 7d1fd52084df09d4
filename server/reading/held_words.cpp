#include "server/reading/held_words.hpp"

#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"

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

}  // namespace

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

}  // namespace dossier::server
