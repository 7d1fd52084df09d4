// What was not shown for want of a purpose.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// Of matters whose values are hidden; says nothing of none.
void tell_hidden(Context& context, std::size_t hidden);

}  // namespace dossier::server
