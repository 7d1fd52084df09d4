// customer edit.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// Sets what --set names of CUSTOMER; tells for each group of fields what became of it. Errors:
/// cli.unknown_customer, cli.not_assignment, sheet.unknown_field, those of the door.
Result<int> edit_customer(Context& context);

}  // namespace dossier::server
