#include "server/intake/quoted.hpp"

#include "common/catalog/catalog.hpp"

namespace dossier::server {

std::optional<Quoted> quoted_by(Store& store, std::uint16_t kind, const FieldValues& matter) {
    const auto* review = catalog::find_kind(kind);
    if (review == nullptr || !catalog::is_matter(*review)) return std::nullopt;
    Quoted quoted;
    quoted.kind = catalog::find_kind(text_in(matter, *catalog::find_field(*review, "entity")));
    const auto place = store.place(record_in(matter, *catalog::find_field(*review, "record_id")));
    if (quoted.kind == nullptr || !place) return std::nullopt;
    quoted.field =
        catalog::find_field(*quoted.kind, text_in(matter, *catalog::find_field(*review, "field")));
    if (quoted.field == nullptr) return std::nullopt;
    quoted.place = *place;
    quoted.facet = catalog::facet_of(*quoted.kind, *quoted.field);
    quoted.values = store.load(place->kind, place->record).value_or(FieldValues{});
    return quoted;
}

}  // namespace dossier::server
