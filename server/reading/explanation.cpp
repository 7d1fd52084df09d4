#include "server/reading/explanation.hpp"

#include <algorithm>

#include "common/access/scopes.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "server/reading/known.hpp"

namespace dossier::server {
namespace {

using catalog::kCustomer;

std::vector<Scope> scopes_of(Office& office, const Asker& asker, const UserId& user) {
    auto& people = office.people();
    std::vector<access::RegionPath> regions;
    for (const auto& region : known_records(office, asker, catalog::kRegion))
        regions.push_back(people.regions_above(region.id));
    return access::scopes_for(people.viewer(user, office.now()), regions, office.now());
}

}  // namespace

std::vector<FacetRights> rights_of(Office& office,
                                   const access::Viewer& viewer,
                                   const RecordId& customer,
                                   const FieldValues& values,
                                   std::span<const access::Operation> operations,
                                   Instant at) {
    const auto subject = office.people().subject({kCustomer.tag, customer, customer}, values);
    std::vector<FacetRights> all;
    for (const Facet facet : catalog::facets_of(kCustomer)) {
        FacetRights rights{.facet = facet};
        for (const auto operation : operations)
            rights.decisions.push_back(
                access::decide(viewer, operation, subject, facet, {.now = at}));
        all.push_back(std::move(rights));
    }
    return all;
}

std::vector<FacetRights> explain_rights(Office& office,
                                        const Asker& asker,
                                        const UserId& user,
                                        const RecordId& customer,
                                        std::span<const access::Operation> operations) {
    const auto values = office.store().load(kCustomer.tag, customer).value_or(FieldValues{});
    const auto viewer = office.people().viewer(user, office.now());
    auto all = rights_of(office, viewer, customer, values, operations, office.now());
    const auto held = scopes_of(office, asker, user);
    for (FacetRights& rights : all) {
        for (const Scope& scope : office.store().memberships(customer, rights.facet)) {
            if (std::ranges::find(held, scope) != held.end())
                rights.offline_scopes.push_back(access::to_text(scope));
        }
    }
    note_read(office, asker, "explain", {kCustomer.tag, customer, customer}, true);
    return all;
}

}  // namespace dossier::server
