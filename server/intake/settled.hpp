// What people no longer write: the words a decision rests on, a file that waits with its batch, a
// complaint by whom it is about. Source: common/workflow/writing.hpp, domain WF-01, WF-09, R-219.
#pragma once

#include "server/intake/admission.hpp"

namespace dossier::server {

/// Whether another word for the group waits for a person to weigh it.
bool is_settled(const Desk& desk, const Target& target);

/// A record that is made with these values, or goes: what it belongs to is still written. Errors:
/// intake.fixed with the state.
Status check_unsettled(const Desk& desk, const catalog::Kind& kind, const FieldValues& values);

/// He of whom it complains leaves it alone, unless he took it down himself. Errors:
/// intake.respondent.
Status check_respondent(const Desk& desk, const Target& target);

/// Whether people write to it at all. Errors: intake.in_batch, intake.respondent.
Status check_free(const Desk& desk, const Target& target);

}  // namespace dossier::server
