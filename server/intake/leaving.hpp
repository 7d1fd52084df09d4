// What holds a record back from being removed, whichever way its removal comes: by who takes it
// back, by who may decide, by a ruling. Removing a file must not pass by what the steps that end it
// ask. Source: domain WF-01, C-23.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Whether the record, `target` as it is, may go. Errors: those of the guards of the step that is
/// like its removal in the state it is in (`Step::like_removal`); intake.signed_on where a step was
/// signed on the strength of it (`Step::rests_on`).
Status check_leaving(const Desk& desk, const merge::Op& op, const Target& target);

}  // namespace dossier::server
