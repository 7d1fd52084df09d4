// Cases and proposals quote values of a record: shown as the acting person may see the field they
// dispute; where that takes a purpose that is not stated, hidden, and he is told so.
#pragma once

#include "server/cli/view.hpp"
#include "server/review/batch.hpp"

namespace dossier::server {

/// One matter, whose reading is noted already; of several, each that took a purpose is noted.
/// For CaseView and ProposalView.
template <class View>
View shown_alone(Context& context, View view);
template <class View>
std::vector<View> shown_list(Context& context, std::vector<View> views);
Batch shown_batch(Context& context, Batch batch);

}  // namespace dossier::server
