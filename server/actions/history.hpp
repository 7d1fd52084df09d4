// The history of one record as a table.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// `field` (name or heading) narrows it to one,
/// "" means all. Errors: those of `history_of`, sheet.unknown_field.
Result<int> answer_history(Context& context, const Place& place, std::string_view field);

}  // namespace dossier::server
