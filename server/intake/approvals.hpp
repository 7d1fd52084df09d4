// Signatures a record waits for: asked of the people the chain's roles name, and followed by a step
// of that record when they are there or refused. In the unit of work of the step that caused it.
// The signatures themselves are steps (common/workflow/approval.hpp). Source: domain 2.5.3
// approval.
#pragma once

#include "common/workflow/chains.hpp"

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Opens an approval of `subject` and the tasks of its first signers; its id.
/// Errors: intake.nobody_signs.
Result<RecordId> request_approval(const Desk& desk,
                                  const workflow::Chain& chain,
                                  const Target& subject,
                                  const std::string& reason);

/// Whether a record may begin in the first state of its workflow. Errors: those of its guards.
Status check_beginning(const Desk& desk, const merge::Op& op, const Target& made);
/// What the office does of itself when a record begins in its first state
/// (`workflow::State::on_arrival`): fills in what it knows before the record is written.
Status arrive(const Desk& desk, const merge::Op& op, Target& made);
/// Opens the approvals that the states of a record which was just made wait for.
/// Errors: intake.nobody_signs.
Status await_beginning(const Desk& desk, const Target& made);
/// The same for a record a step brought from one state into another; what it waited for in the
/// former it waits for no more. Errors: intake.nobody_signs.
Status await_after(const Hand& hand, const Target& left);

/// After an approval was decided: the step of its subject that follows.
void carry_decision(const Desk& desk, const Target& approval);

/// Adds who signs to those who did, and names who signs next. Errors: intake.nobody_signs.
Status countersign(Hand& hand);

}  // namespace dossier::server
