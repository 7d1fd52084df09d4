// Tables in and out of the office.
#pragma once

#include "server/cli/command.hpp"

namespace dossier::server {

Result<int> import_file(Context& context);  ///< import_command.cpp
Result<int> export_file(Context& context);  ///< export_command.cpp

}  // namespace dossier::server
