#include "server/reading/extents.hpp"

#include <algorithm>

#include "common/access/rules.hpp"

#include "server/people/extent.hpp"

namespace dossier::server {
namespace {

using access::Decision;
using access::Opening;

bool is_allowed(const Decision& decision) {
    return decision.answer == access::Answer::Allow;
}

}  // namespace

std::vector<query::Extent> extents_for(Office& office,
                                       const Asker& asker,
                                       const catalog::Kind& kind,
                                       std::span<const Facet> facets) {
    auto& people = office.people();
    const Instant now = office.now();
    const auto& viewer = people.viewer(asker.who, now);
    const auto opened = [&](Facet facet, const access::Counts& counts) {
        return access::openings(viewer, kind, facet, now, counts);
    };
    const Facet first = catalog::facets_of(kind).front();
    auto known = opened(first, is_allowed);
    if (!known) return {};
    const auto for_a_purpose = opened(first, [&](const Decision& decision) {
        return is_allowed(decision) && !access::permit(decision, asker.purpose);
    });
    std::vector<query::Extent> extents{extent_of(people, viewer, kind, *known)};
    for (const Facet facet : facets) {
        if (facet == first) continue;
        auto seen = opened(facet, [&](const Decision& decision) {
            return is_allowed(decision) && access::permit(decision, asker.purpose);
        });
        seen->insert(seen->end(), for_a_purpose->begin(), for_a_purpose->end());
        extents.push_back(extent_of(people, viewer, kind, *seen));
    }
    std::erase_if(extents, [](const query::Extent& extent) {
        return std::ranges::any_of(extent, &query::Way::is_open);
    });
    return extents;
}

}  // namespace dossier::server
