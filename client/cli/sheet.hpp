// Tables in and out of a laptop.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

Result<int> import_file(Context& context);  ///< import.cpp

/// Errors: cli.unknown_kind with the usual kinds.
Result<const catalog::Kind*> kind_named(std::string_view name);

}  // namespace dossier::client
