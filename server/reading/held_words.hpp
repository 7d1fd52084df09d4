// What waits outside the door is read by its file's level: above level 1 for a stated purpose.
#pragma once

#include "server/reading/view.hpp"

namespace dossier::server {

/// Whether a person who decides about what waits may read what this op says of a facet. Words for a
/// destroyed file are his to read, for a purpose (C-13).
bool may_read_words(Office& office, const Asker& asker, const merge::Op& op, Facet facet);
/// What the op would write, as he may read it.
FieldValues shown_words(Office& office, const Asker& asker, const merge::Op& op);

}  // namespace dossier::server
