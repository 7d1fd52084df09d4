// What of a customer may stand on its one-page card for the asker: as far as he both sees it and
// may copy it, by the right to export or as the card of a file of his own. Each card is noted as
// "print". Source, WF-07.
#pragma once

#include "common/cli/card.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Errors: intake.unknown_record for what he may not look up, access.denied, access.needs_approval,
/// access.purpose_needed.
Result<cli::Card> card_of(Office& office, const Asker& asker, const RecordId& customer);

}  // namespace dossier::server
