// Tables in and out of a laptop.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

Result<int> import_file(Context& context);  ///< import.cpp

}  // namespace dossier::client
