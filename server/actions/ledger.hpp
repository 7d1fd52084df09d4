// What the commands about syncs share: numbers in few words.
#pragma once

#include <chrono>
#include <string>

#include "server/actions/action.hpp"

namespace dossier::server {

std::string say(const Context& context, const Text& text);
std::string count(std::uint64_t number);
/// "12.3 s", "4.5 min", "2.0 days".
std::string length_of(const Context& context, std::chrono::milliseconds length);

}  // namespace dossier::server
