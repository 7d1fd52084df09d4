// Cases and proposals quote values of a record: given as the asker may see the field they dispute;
// where that takes a purpose that is not stated, hidden.
#pragma once

#include "server/reading/asker.hpp"
#include "server/review/batch.hpp"

namespace dossier::server {

/// Of one matter, whose reading is noted already: 1 when its values are hidden. For CaseView and
/// ProposalView.
template <class View>
std::size_t hide_alone(Office& office, const Asker& asker, View& view);
/// Of several; each that took a purpose is noted. How many are hidden.
template <class View>
std::size_t hide_in(Office& office, const Asker& asker, std::vector<View>& views);
std::size_t hide_in(Office& office, const Asker& asker, Batch& batch);

}  // namespace dossier::server
