// The one-page cards of one's own customers, the only copies that may leave a laptop. Source:
// WF-07.
#pragma once

#include "common/cli/card.hpp"

#include "client/intake/copies.hpp"
#include "client/intake/intake.hpp"
#include "client/reading/asker.hpp"

namespace dossier::client {

/// One customer and what stands on its card.
struct Card {
    RecordId customer;
    FieldValues values;
};
/// Of the named customers, every one of which must have a card; else of all that have one. Errors:
/// client.no_card, access.purpose_needed, those of find_customer and Intake::viewer.
Result<std::vector<Card>> cards_of(Store& store,
                                   Intake& intake,
                                   const Asker& asker,
                                   const std::vector<std::string>& named,
                                   std::string_view purpose);

/// The card as it is printed, with people and latest visits as they lie here in clear.
cli::Card printed(Store& store, const Card& card);

}  // namespace dossier::client
