#include "client/reading/cards.hpp"

#include <algorithm>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"

#include "client/reading/find.hpp"
#include "client/reading/pending.hpp"
#include "client/reading/record.hpp"
#include "client/reading/titles.hpp"

namespace dossier::client {
namespace {

using catalog::kCommunication;
using catalog::kContact;
using catalog::kCustomer;
using catalog::kCustomerFeature;

/// A contact with a phone may be the last of many.
constexpr std::size_t kKeptMost = 500;

/// What hangs on the customer, with what of it is shown here in clear.
std::vector<FieldValues> kept_about(Store& store,
                                    const catalog::Kind& kind,
                                    const RecordId& customer,
                                    std::size_t limit) {
    std::vector<FieldValues> kept;
    for (const RecordId& id : children_of(store, kind, customer, limit)) {
        auto seen = store.replica.seen(kind, id);
        if (!seen || find(seen->values, catalog::kDeletedAt) != nullptr) continue;
        std::erase_if(seen->values, [&](const FieldValue& each) {
            return std::ranges::find(seen->hidden, each.tag) != seen->hidden.end();
        });
        kept.push_back(std::move(seen->values));
    }
    return kept;
}

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

cli::Card printed(Store& store, const Card& card) {
    static constexpr auto& kFirst = catalog::field(kContact, "is_primary");
    static constexpr auto& kAt = catalog::field(kCommunication, "started_at");
    const auto& id = card.customer;
    cli::Card made{.customer = id, .values = card.values};
    auto features = kept_about(store, kCustomerFeature, id, 1);
    if (!features.empty()) made.feature = std::move(features.front());
    made.contacts = kept_about(store, kContact, id, kKeptMost);
    std::ranges::stable_sort(made.contacts, {},
                             [](const FieldValues& each) { return -number_in(each, kFirst.tag); });
    made.contacts.resize(std::min(made.contacts.size(), cli::kCardContacts));
    made.visits = kept_about(store, kCommunication, id, kKeptMost);
    std::ranges::stable_sort(made.visits, {},
                             [](const FieldValues& each) { return -number_in(each, kAt.tag); });
    made.visits.resize(std::min(made.visits.size(), cli::kCardVisits));
    const auto seen = store.replica.seen(kCustomer, id);
    made.is_unverified = (seen && seen->own_unsent) || !pending_of(store, kCustomer, id).empty();
    return made;
}

}  // namespace dossier::client
