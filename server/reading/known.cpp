#include "server/reading/known.hpp"

#include "common/catalog/canonical.hpp"

#include "server/reading/heard.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {

Known known_by(Office& office,
               const Asker& asker,
               const Place& place,
               const FieldValues& values,
               Facet facet) {
    switch (may_view(office, asker, place, values, facet).answer) {
        case access::Answer::Allow:
            return Known::InFull;
        case access::Answer::Mask:
            return Known::Masked;
        default:
            return Known::No;
    }
}

FieldValues known_values(Office& office,
                         const Asker& asker,
                         const Place& place,
                         const FieldValues& values) {
    const auto& kind = *catalog::find_kind(place.kind);
    FieldValues known;
    for (const Facet facet : catalog::facets_of(kind)) {
        if (known_by(office, asker, place, values, facet) != Known::InFull) continue;
        for (auto& [tag, value] : catalog::facet_values(kind, facet, values))
            assign(known, tag, std::move(value));
    }
    return as_heard(office, asker, kind, values, std::move(known));
}

std::size_t count_known(Office& office,
                        const Asker& asker,
                        const catalog::Kind& kind,
                        std::string_view state,
                        const std::function<void()>& give_way) {
    auto& store = office.store();
    query::Query asked{.kind = &kind, .limit = kWalkPage};
    if (!state.empty())
        asked.where = {{.field = catalog::find_field(kind, "state"),
                        .test = query::Test::Equal,
                        .values = {std::string(state)}}};
    const auto facet = catalog::facets_of(kind).front();
    std::size_t known = 0;
    for (auto page = store.page(asked); !page.empty(); page = store.page(asked)) {
        for (const query::Hit& hit : page) {
            const auto place = store.place(hit.record);
            const auto values = store.load(kind.tag, hit.record);
            if (!place || !values) continue;
            known += known_by(office, asker, *place, *values, facet) == Known::No ? 0U : 1U;
        }
        asked.after = page.back().key();
        give_way();
    }
    return known;
}

std::vector<Listed> known_records(Office& office, const Asker& asker, const catalog::Kind& kind) {
    std::vector<Listed> records;
    auto& store = office.store();
    for (auto page = store.list(kind.tag, {}, kWalkPage); !page.empty();
         page = store.list(kind.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            auto values = store.load(kind.tag, id);
            if (!values || find(*values, catalog::kDeletedAt) != nullptr) continue;
            const Place place{kind.tag, id, {}};
            const auto facet = catalog::facets_of(kind).front();
            if (!sight_of(office, asker, place, *values, facet).in_clear()) continue;
            records.push_back({id, std::move(*values)});
        }
    }
    return records;
}

}  // namespace dossier::server
