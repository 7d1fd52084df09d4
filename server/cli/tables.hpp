// The commands, one table a noun; each table stands beside the functions it names.
#pragma once

#include "server/cli/command.hpp"

namespace dossier::server {

std::span<const Command> office_commands();     ///< init serve status verify backup schema version
std::span<const Command> people_commands();     ///< user role
std::span<const Command> place_commands();      ///< region department
std::span<const Command> device_commands();     ///< invite device
std::span<const Command> stop_commands();       ///< device show suspend lost wipe recover
std::span<const Command> key_commands();        ///< key
std::span<const Command> clock_commands();      ///< clock
std::span<const Command> job_commands();        ///< job
std::span<const Command> held_commands();       ///< held config
std::span<const Command> session_commands();    ///< session, device ledger
std::span<const Command> late_commands();       ///< late
std::span<const Command> customer_commands();   ///< customer
std::span<const Command> erase_commands();      ///< customer erase, contact erase, erased
std::span<const Command> attach_commands();     ///< attach
std::span<const Command> grant_commands();      ///< grant access
std::span<const Command> past_commands();       ///< access as-of
std::span<const Command> review_commands();     ///< case proposal
std::span<const Command> batch_commands();      ///< case batch
std::span<const Command> duplicate_commands();  ///< dup
std::span<const Command> merge_commands();      ///< dup merge, unmerge, merges
std::span<const Command> file_commands();       ///< import export
std::span<const Command> audit_commands();      ///< audit

}  // namespace dossier::server
