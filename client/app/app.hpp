// The laptop's program: what main runs, with its streams handed in.
#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

#include "common/crypto/random.hpp"
#include "common/time/clock.hpp"

namespace dossier::client {

/// What a command line is run with.
struct Surroundings {
    const Clock& clock;
    crypto::Random& random;
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
};

/// Runs one command, `words` without the program's name. Exit code of the command line, README
/// "Exit codes".
int run(const std::vector<std::string>& words, const Surroundings& around);
/// The same with the machine's clock and randomness.
int run(int argc, const char* const* argv, std::istream& in, std::ostream& out, std::ostream& err);

}  // namespace dossier::client
