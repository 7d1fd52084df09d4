#include "server/intake/references.hpp"

#include "common/catalog/references.hpp"

#include "server/intake/admission.hpp"

namespace dossier::server {

bool knows_of(const Desk& desk, const Place& place) {
    if (!desk.from_laptop()) return true;
    const auto* kind = catalog::find_kind(place.kind);
    const auto values = kind == nullptr ? std::nullopt : desk.store.load(place.kind, place.record);
    return values && is_known_to(desk, standing_of(desk, place, *values), *kind);
}

Status check_references(const Desk& desk,
                        const catalog::Kind& kind,
                        const RecordId& record,
                        const FieldValues& values) {
    if (auto other = catalog::check_itself(kind, record, values); !other) return other;
    for (const auto& [tag, value] : values) {
        const auto* of = catalog::find_field(kind, tag);
        if (of == nullptr || !catalog::is_reference(*of)) continue;
        for (const RecordId& named : catalog::references_in(*of, value)) {
            const auto place = desk.store.place(named);
            const auto* found = place ? catalog::find_kind(place->kind) : nullptr;
            if (found == nullptr || catalog::may_name(kind, *of, *found)) continue;
            if (knows_of(desk, *place)) return catalog::wrong_target(*of, named);
        }
    }
    return {};
}

Status check_tree(const Desk& desk,
                  const catalog::Kind& kind,
                  const RecordId& record,
                  const FieldValues& values) {
    return catalog::check_tree(kind, record, values, [&](const RecordId& above) {
        return desk.store.load(kind.tag, above).value_or(FieldValues{});
    });
}

Status check_among(const Desk& desk, const catalog::Kind& kind, const FieldValues& whole) {
    return catalog::check_among(kind, whole, [&](const RecordId& named) {
        const auto place = desk.store.place(named);
        return place ? desk.store.load(place->kind, named).value_or(FieldValues{}) : FieldValues{};
    });
}

Status check_link(const Desk& desk,
                  const catalog::Kind& kind,
                  const RecordId& record,
                  const FieldValues& whole) {
    return catalog::check_link(kind, whole, [&](const RecordId& end) {
        std::vector<FieldValues> links;
        const auto tag = catalog::find_field(kind, kind.parent)->tag;
        for (const RecordId& id : desk.store.find(kind.tag, tag, Value(end))) {
            auto held = id == record ? std::nullopt : desk.store.load(kind.tag, id);
            if (held && find(*held, catalog::kDeletedAt) == nullptr)
                links.push_back(std::move(*held));
        }
        return links;
    });
}

}  // namespace dossier::server
