// What was not shown for want of a purpose.
#pragma once

#include "server/actions/action.hpp"
#include "server/reading/view.hpp"

namespace dossier::server {

/// Of matters whose values are hidden; says nothing of none.
void tell_hidden(Context& context, std::size_t hidden);
/// Of records that a list or search did not look at, whether or not there are any.
void tell_unlooked(Context& context);
/// The cell of a field: what is not shown is marked so, be there a value or not.
std::string cell_of(Context& context,
                    const catalog::Kind& kind,
                    const Listed& record,
                    const catalog::Field& field);

}  // namespace dossier::server
