#include "client/reading/cards.hpp"

#include "common/catalog/customer.hpp"

#include "client/reading/find.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::kCustomer;

}  // namespace

Result<std::vector<Card>> cards_of(Store& store,
                                   Intake& intake,
                                   const Asker& asker,
                                   const std::vector<std::string>& named,
                                   std::string_view purpose) {
    const auto viewer = intake.viewer();
    if (!viewer) return tl::unexpected(viewer.error());
    const auto card = [&](const RecordId& customer) -> Result<Card> {
        const auto values = store.replica.load(kCustomer, customer).value_or(FieldValues{});
        const auto subject = intake.subject(kCustomer, customer, values);
        const auto facets =
            card_of(*viewer, subject, title_of(store, asker, customer), purpose, intake.now());
        if (!facets) return tl::unexpected(facets.error());
        Card made{customer, {}};
        for (const catalog::Facet facet : *facets) {
            for (auto& [tag, value] : catalog::facet_values(kCustomer, facet, values))
                assign(made.values, tag, value);
        }
        return made;
    };
    std::vector<Card> found;
    for (const auto& typed : named) {
        const auto customer = find_customer(store, asker, typed);
        if (!customer) return tl::unexpected(customer.error());
        auto made = card(*customer);
        if (!made) return pass(made);
        found.push_back(std::move(*made));
    }
    if (!found.empty()) return found;
    for (const RecordId& customer : store.replica.select({.kind = &kCustomer})) {
        auto made = card(customer);
        if (made) found.push_back(std::move(*made));
        if (!made && !made.error().is(kNoCard)) return pass(made);
    }
    return found;
}

}  // namespace dossier::client
