// Tables in and out of the office.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

Result<int> import_file(Context& context);  ///< import_command.cpp
Result<int> export_file(Context& context);  ///< export_command.cpp

/// Errors: cli.unknown_kind with the kinds there are.
Result<const catalog::Kind*> kind_named(std::string_view name);

}  // namespace dossier::server
