// The commands, one table a noun; each table stands beside the functions it names.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

std::span<const Action>
office_actions();  ///< init serve status verify backup schema version manual completion
std::span<const Action> people_actions();     ///< user role
std::span<const Action> account_actions();    ///< user password reset-link reset-2fa agreements
std::span<const Action> place_actions();      ///< region department
std::span<const Action> device_actions();     ///< invite device
std::span<const Action> stop_actions();       ///< device show suspend lost wipe recover
std::span<const Action> key_actions();        ///< key
std::span<const Action> clock_actions();      ///< clock
std::span<const Action> job_actions();        ///< job
std::span<const Action> held_actions();       ///< held config
std::span<const Action> session_actions();    ///< session, device ledger
std::span<const Action> late_actions();       ///< late
std::span<const Action> customer_actions();   ///< customer
std::span<const Action> card_actions();       ///< customer card
std::span<const Action> erase_actions();      ///< customer erase, contact erase, erased
std::span<const Action> attach_actions();     ///< attach
std::span<const Action> grant_actions();      ///< grant access
std::span<const Action> secrecy_actions();    ///< secrecy
std::span<const Action> past_actions();       ///< access as-of
std::span<const Action> review_actions();     ///< case
std::span<const Action> proposal_actions();   ///< proposal
std::span<const Action> batch_actions();      ///< case batch
std::span<const Action> duplicate_actions();  ///< dup
std::span<const Action> merge_actions();      ///< dup merge, unmerge, merges
std::span<const Action> step_actions();       ///< task finish, cancel; doc-request fulfil …
std::span<const Action> file_actions();       ///< import export
std::span<const Action> audit_actions();      ///< audit
std::span<const Action> usage_actions();      ///< usage
std::span<const Action> report_actions();     ///< report

}  // namespace dossier::server
