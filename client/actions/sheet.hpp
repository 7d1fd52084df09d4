// Tables in and out of a laptop.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

/// import.cpp. Errors: cli.unknown_kind, those of sheet::read_rules, open_source and write_report.
Result<int> import_file(Context& context);
/// export_cards.cpp. Errors: client.only_cards, client.no_card, client.cards_a_day,
/// access.purpose_needed, those of find_customer and tabular::create_table.
Result<int> export_cards(Context& context);
/// One of one's own customers to be printed. Errors: as export_cards.
Result<int> print_card(Context& context);

}  // namespace dossier::client
