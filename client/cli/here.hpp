// The commands that a shell does itself: those that make and bring back the store, ask a passphrase
// on a terminal, or speak of the program alone.
#pragma once

#include <istream>

#include "common/cli/console.hpp"

#include "client/cli/parse.hpp"

namespace dossier::client {

struct Here {
    const Parsed& parsed;
    cli::Console& console;
    const Clock& clock;
    crypto::Random& random;
    std::istream& in;

    [[nodiscard]] const Globals& globals() const { return parsed.globals; }
    [[nodiscard]] const std::string& given(std::string_view key) const {
        return parsed.inputs.text(key);
    }
};

/// Whether the shell does it itself.
bool is_done_here(const Action& action);
/// Runs an action that `is_done_here`. Exit code.
Result<int> run_here(Here& here);

}  // namespace dossier::client
