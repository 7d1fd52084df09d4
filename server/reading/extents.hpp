// How far an asker's sight reaches at most, for lists: what lies beyond is not read at all. The
// records within are judged one by one all the same (view.hpp).
#pragma once

#include <span>

#include "common/query/extent.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

/// For a list of the kind that tells the values of these facets. It holds every record whose first
/// facet he may see, be it for a purpose, and whose other facets he sees in clear; of those whose
/// first facet takes a purpose he did not state, also the ones he would see with it. None = every
/// record.
std::vector<query::Extent> extents_for(Office& office,
                                       const Asker& asker,
                                       const catalog::Kind& kind,
                                       std::span<const Facet> facets);

}  // namespace dossier::server
