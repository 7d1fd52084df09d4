// What a person does not consent to any more is not written any more: personal data of a customer
// whose consent was withdrawn, from the day of the withdrawal on. What was written before that day
// stays welcome, however late it comes, and so does clearing what is there. Source: C-32, R-137.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Whether these values may be written to the record at the time they were written, as far as
/// consents go. Of a laptop's the service managers get a task, one for each file. Errors:
/// intake.consent_withdrawn; `stands_alone`.
Status check_consent(const Desk& desk, const Target& target, const FieldValues& written);

/// A refusal that is this op's alone: what else its changeset says is judged as usual. Source:
/// C-32.
bool stands_alone(const Desk& desk, const merge::Verdict& verdict);

}  // namespace dossier::server
