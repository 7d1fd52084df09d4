// The history of one record as people read it: every value that came, whether it won, and why.
#pragma once

#include "server/cli/command.hpp"

namespace dossier::server {

/// Of the groups the acting person may read unmasked; `field` (name or heading) narrows it to one,
/// "" means all. Notes the read. Errors: those of `read_record`, sheet.unknown_field.
Result<int> print_history(Context& context, const Place& place, std::string_view field);

}  // namespace dossier::server
