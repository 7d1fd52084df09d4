// An answer on a terminal, or as one JSON document: one renderer for both programs.
#pragma once

#include "common/action/answer.hpp"
#include "common/cli/console.hpp"

namespace dossier::cli {

/// Notes to `err`, the parts or the document to `out`, a refusal last. Returns the exit code.
int render(Console& console, const action::Outcome& outcome);

}  // namespace dossier::cli
