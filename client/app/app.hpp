// The laptop's program: what main runs, with its streams handed in.
#pragma once

#include <istream>
#include <ostream>

namespace dossier::client {

/// Exit code of the command line, README "Exit codes".
int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace dossier::client
