#include "tests/contract/store_contract.hpp"

#include "server/store/facet_content.hpp"

namespace dossier::server::contract {

FieldValues values(const catalog::Kind& kind,
                   std::initializer_list<std::pair<std::string_view, Value>> fields) {
    FieldValues out;
    for (const auto& [name, value] : fields) assign(out, tag(kind, name), value);
    return out;
}

std::uint16_t tag(const catalog::Kind& kind, std::string_view field) {
    return catalog::find_field(kind, field)->tag;
}

RecordId record(std::uint64_t number) {
    RecordId id;
    for (std::size_t i = 0; i < 8; ++i) {
        id.bytes[i] = static_cast<std::uint8_t>((number + 1) >> (8 * (7 - i)));
    }
    id.bytes[15] = 7;
    return id;
}

Digest digest(std::uint64_t number) {
    Bytes bytes;
    append_le(bytes, number);
    return crypto::blake2b({bytes});
}

Place add_customer(Store& store, std::uint64_t number, const FieldValues& fields) {
    const catalog::Kind& kind = catalog::kCustomer;
    const Place place{kind.tag, record(number), record(number)};
    store.save(place, fields);
    for (const Facet facet : catalog::facets_of(kind)) {
        const auto part = catalog::facet_values(kind, facet, fields);
        const auto hash = leaving_hash(kind, place.record, facet, Fv{1}, part);
        store.set_facet(place.record, facet, {Fv{1}, hash});
    }
    JournalEntry made;
    made.record = place.record;
    made.kind = kind.tag;
    made.op = merge::OpKind::Create;
    made.value = fields;
    store.append_journal(made);
    return place;
}

}  // namespace dossier::server::contract
