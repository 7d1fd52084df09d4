// What a sync did, and what it met with, in words for people.
#pragma once

#include "common/action/answer.hpp"

#include "client/store/store.hpp"
#include "client/sync/report.hpp"

namespace dossier::client {

/// What an incident means.
std::string incident_line(const Incident& incident, Lang lang);
/// A finished sync: what went, what came, what became of it, and what was odd. `has_no_scope` = the
/// office gives this laptop nothing any more.
void answer_report(action::Answer& answer, const Report& report, bool has_no_scope);
/// A sync that ended with a wipe order carried out.
void answer_wiped(action::Answer& answer, const Report& report);

}  // namespace dossier::client
