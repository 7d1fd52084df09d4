#include "server/reading/content.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/merge/refusals.hpp"

#include "server/reading/find.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {

Result<content::Held> content_of(Office& office, const Asker& asker, const RecordId& document) {
    auto& store = office.store();
    const auto place = store.place(document);
    const auto row = place && catalog::has_content(place->kind) ? store.load(place->kind, document)
                                                                : std::nullopt;
    if (!row) return fail(merge::kUnknownRecord);
    const auto& kind = *catalog::find_kind(place->kind);
    const Facet facet = catalog::facet_of(kind, *catalog::find_field(kind, kind.content));
    auto [decision, permitted] = sight_of(office, asker, *place, *row, facet);
    // With values hidden there is no content to show.
    if (permitted && decision.answer != access::Answer::Allow)
        permitted = fail(merge::kUnknownRecord);
    note_read(office, asker, "attach_get", *place, permitted.has_value());
    if (!permitted) {
        const auto listed = store.load(catalog::kCustomer.tag, place->customer);
        const bool known = listed && may_look_up(office, asker, place->customer, *listed);
        if (!known) return fail(merge::kUnknownRecord);
        return pass(permitted);
    }
    auto held = store.contents().of(document);
    if (!held || !held->whole) return fail(kNoContentYet, text_in(*row, kind, kind.title));
    return *held;
}

}  // namespace dossier::server
