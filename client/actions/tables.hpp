// The actions, one table a noun; each table stands beside the functions it names.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

std::span<const Action> laptop_actions();    ///< init enroll status sync version manual completion
std::span<const Action> customer_actions();  ///< customer, search
std::span<const Action> contact_actions();   ///< contact
std::span<const Action> attach_actions();    ///< attach
std::span<const Action> visit_actions();     ///< visit
std::span<const Action> work_log_actions();  ///< worklog
std::span<const Action> outbox_actions();    ///< pending tray log diff
std::span<const Action> case_actions();      ///< case
std::span<const Action> sheet_actions();     ///< import export schema
std::span<const Action> draft_actions();     ///< draft
std::span<const Action> vault_actions();     ///< check backup passphrase

}  // namespace dossier::client
