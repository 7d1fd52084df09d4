// What the commands about syncs share: who may read them, and numbers in few words.
#pragma once

#include <chrono>
#include <string>

#include "server/actions/action.hpp"

namespace dossier::server {

/// Sessions hold numbers and names only: administrators and whoever verifies the night's work may
/// read them. Errors: access.denied.
Status may_see_syncs(Context& context);
/// Changesets the laptop still had when it was last heard of.
std::uint64_t left_unsent(const SessionRow& row);

std::string say(const Context& context, const Text& text);
std::string count(std::uint64_t number);
/// "12.3 s", "4.5 min", "2.0 days".
std::string length_of(const Context& context, std::chrono::milliseconds length);

}  // namespace dossier::server
