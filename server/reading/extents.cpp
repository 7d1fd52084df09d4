#include "server/reading/extents.hpp"

#include <algorithm>

#include "common/access/rules.hpp"
#include "common/catalog/customer.hpp"

#include "server/people/extent.hpp"

namespace dossier::server {
namespace {

using access::Decision;
using access::Opening;

bool is_allowed(const Decision& decision) {
    return decision.answer == access::Answer::Allow;
}

std::optional<std::vector<Opening>> opened(Office& office,
                                           const Asker& asker,
                                           const catalog::Kind& kind,
                                           Facet facet,
                                           const access::Counts& counts) {
    const Instant now = office.now();
    const auto& viewer = office.people().viewer(asker.who, now);
    return access::openings(viewer, kind, facet, now, counts);
}

/// Allowed, and permitted with what he stated or not.
access::Counts allowed_if(const Asker& asker, bool permitted) {
    return [&asker, permitted](const Decision& decision) {
        return is_allowed(decision) &&
               access::permit(decision, asker.purpose).has_value() == permitted;
    };
}

}  // namespace

std::vector<query::Extent> extents_for(Office& office,
                                       const Asker& asker,
                                       const catalog::Kind& kind,
                                       std::span<const Facet> facets) {
    auto& people = office.people();
    const auto& viewer = people.viewer(asker.who, office.now());
    const Facet first = catalog::facets_of(kind).front();
    auto known = opened(office, asker, kind, first, is_allowed);
    if (!known) return {};
    const auto for_a_purpose = opened(office, asker, kind, first, allowed_if(asker, false));
    std::vector<query::Extent> extents{extent_of(people, viewer, kind, *known)};
    for (const Facet facet : facets) {
        if (facet == first) continue;
        auto seen = opened(office, asker, kind, facet, allowed_if(asker, true));
        seen->insert(seen->end(), for_a_purpose->begin(), for_a_purpose->end());
        extents.push_back(extent_of(people, viewer, kind, *seen));
    }
    std::erase_if(extents, [](const query::Extent& extent) {
        return std::ranges::any_of(extent, &query::Way::is_open);
    });
    return extents;
}

Prospect prospect_of(Office& office, const Asker& asker, const catalog::Kind& kind, Facet facet) {
    const Facet first = catalog::facets_of(kind).front();
    if (facet == first) return Prospect::All;
    const auto listed = opened(office, asker, kind, first, allowed_if(asker, true));
    const auto seen = opened(office, asker, kind, facet, allowed_if(asker, true));
    if (!listed || !seen || *listed == *seen) return Prospect::All;
    if (!seen->empty()) return Prospect::Some;
    return opened(office, asker, kind, facet, allowed_if(asker, false))->empty()
               ? Prospect::None
               : Prospect::ForPurpose;
}

bool could_hide(Office& office, const Asker& asker, const catalog::Kind& kind) {
    // What the office keeps about customers is seen by who sees what it speaks of.
    const bool speaks_of_files = kind.belongs == catalog::Belongs::Administration;
    const auto& of = speaks_of_files ? catalog::kCustomer : kind;
    const auto facets = catalog::facets_of(of);
    return std::ranges::any_of(facets, [&](const Facet facet) {
        if (!speaks_of_files && facet != facets.front()) return false;
        const auto hidden = opened(office, asker, of, facet, allowed_if(asker, false));
        return hidden && !hidden->empty();
    });
}

}  // namespace dossier::server
