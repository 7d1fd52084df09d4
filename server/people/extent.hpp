// Openings (common/access) as conditions on stored fields: the way back from the facts that
// `People::subject` reads from a record to the records that have them.
#pragma once

#include "common/access/openings.hpp"
#include "common/query/extent.hpp"

#include "server/people/people.hpp"

namespace dossier::server {

/// Every record of the kind whose `People::subject` lies in one of the openings lies in it, and few
/// others.
query::Extent extent_of(People& people,
                        const access::Viewer& viewer,
                        const catalog::Kind& kind,
                        const std::vector<access::Opening>& openings);

}  // namespace dossier::server
