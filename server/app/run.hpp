// From words to an exit code: asks the office that is running, or opens the store itself.
#pragma once

#include <ostream>

#include "server/actions/perform.hpp"
#include "server/cli/parse.hpp"

namespace dossier::server {

/// Everything between main and the actions. Never throws for what a disk or a person does.
int run_line(const std::vector<std::string>& words,
             const std::string& start,
             std::ostream& out,
             std::ostream& err);

/// One parsed command in an open office: what it says appears only after its unit has committed.
int run_command(const Parsed& parsed,
                const std::string& start,
                Workplace& place,
                std::ostream& out,
                std::ostream& err);

}  // namespace dossier::server
