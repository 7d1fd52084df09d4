// The commands that start the agent of this laptop and speak with it, and how every other command
// is carried out by it where it is at work.
#pragma once

#include <optional>

#include "client/app/app.hpp"
#include "client/cli/here.hpp"

namespace dossier::client {

/// run, open, unlock, lock, stop.
bool is_about_agent(const Action& action);
/// Exit code. Errors: client.no_agent, those of `serve_laptop` and of Keeper::unlock.
Result<int> run_about_agent(const Parsed& parsed,
                            const Surroundings& around,
                            cli::Console& console);

/// What the agent of this folder answers; nothing when none is at work. One that is locked is
/// unlocked first, in the way this command would open the store itself. Errors: those of
/// control::ask_running, `unlock_from` and Keeper::unlock.
Result<std::optional<action::Outcome>> ask_agent(const Parsed& parsed, cli::Console& console);

}  // namespace dossier::client
