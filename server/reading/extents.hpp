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

/// What the asker sees in clear of this facet in records of the kind that he may list at all,
/// whatever records there are.
enum class Prospect : std::uint8_t { All, Some, ForPurpose, None };
Prospect prospect_of(Office& office, const Asker& asker, const catalog::Kind& kind, Facet facet);

/// Whether records of the kind could lie within his reach that are listed only once he states a
/// purpose, whatever records there are.
bool could_hide(Office& office, const Asker& asker, const catalog::Kind& kind);

}  // namespace dossier::server
