// What a sync did, and what it met with, in words for people.
#pragma once

#include "client/cli/command.hpp"
#include "client/sync/report.hpp"

namespace dossier::client {

/// What an incident means.
std::string incident_line(const Incident& incident, Lang lang);
/// A finished sync: what went, what came, what became of it, and what was odd.
void print_report(Context& context, const Report& report);
/// A sync that ended with a wipe order carried out.
void print_wiped(Context& context, const Report& report);

}  // namespace dossier::client
