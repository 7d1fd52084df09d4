// `dossier export`: cards of one's own customers as a table. Every line says who took it, when, on
// which laptop and for what; the office's audit hears of each card at the next sync.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

/// Errors: client.only_cards, client.no_card, client.cards_a_day, access.purpose_needed, those of
/// find_customer and tabular::create_table.
Result<int> export_cards(Context& context);

}  // namespace dossier::client
