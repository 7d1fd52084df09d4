// Tables in and out of the office.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

Result<int> import_file(Context& context);  ///< import.cpp
Result<int> export_file(Context& context);  ///< export.cpp

/// The kind of the action, else the one that was said, else the customer.
/// Errors: cli.unknown_kind with the kinds there are.
Result<const catalog::Kind*> kind_asked(const Context& context);

}  // namespace dossier::server
