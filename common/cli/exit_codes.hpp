// What an exit code of both programs means to whoever runs them, in the order of the README.
#pragma once

#include <span>

#include "common/base/text.hpp"

namespace dossier::cli {

struct ExitCode {
    int code = 0;
    Text meaning;
};

/// Every code that `exit_code` gives, success and an interrupted run.
std::span<const ExitCode> exit_codes();

}  // namespace dossier::cli
