// What contracts and orders ask for before they hold, and what they make of the customer: guards
// and effects of the tables in common/workflow/trade.hpp. Source: domain 2.3.3, 2.3.4, R-029,
// D-17, RP-12.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// The first order of a customer needs his consent, or a legal basis. Errors: intake.no_consent.
Status consent_to_trade(const Hand& hand);
/// The first order needs a proof of identity or a business licence in the file. Errors:
/// intake.unproven.
Status identity_proven(const Hand& hand);
/// Where an order has lines they add up to its amount, to a fen each. Errors: intake.lines_differ.
Status lines_add_up(const Hand& hand);
/// Errors: intake.unpaid with what is outstanding.
Status paid_in_full(const Hand& hand);
/// Day and signers are there; a supply contract and the quality contract beside it are of one day,
/// by the head of materials or with a reason why not. Errors: intake.unsigned, intake.pair_differs,
/// intake.other_signer.
Status contract_signed(const Hand& hand);

/// Judges how the customer stands now that the step is taken.
Status restate_customer(Hand& hand);
/// The same of a customer at any time: his status, since when he is lost, when he first bought. Who
/// has just been lost is a task of his owner: why. Whether anything changed.
bool restate(const Desk& desk, const RecordId& customer);

}  // namespace dossier::server
