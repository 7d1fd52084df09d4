// Workflow events: what changes fields that nobody sets directly. Which there are, who may cause
// them and what they do is in the tables of common/workflow; this is the engine that takes a step.
// Source: domain 4.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Carries out an Event op: finds the row by the kind named, the event and the state of the record;
/// checks right, state, signers, guards and inputs; runs the effect; writes record, journal and
/// audit. Errors as verdicts: intake.unknown_event, intake.unknown_record, access.denied,
/// intake.settled, intake.out_of_turn, intake.unknown_state, intake.same_signer,
/// intake.missing_input, intake.reason_needed, and those of the row's guards (hand.hpp).
merge::Verdict admit_event(const Desk& desk, const merge::Op& op);

}  // namespace dossier::server
