// The commands that always run in the process that was started: they make an office, run it, or
// need none.
#pragma once

#include "common/cli/console.hpp"

#include "server/cli/parse.hpp"

namespace dossier::server {

/// `start` is where relative file names start. The exit code, or what was refused.
Result<int> run_here(const Parsed& parsed, const std::string& start, cli::Console& console);

}  // namespace dossier::server
