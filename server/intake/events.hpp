// Workflow events: what changes fields that nobody sets directly. Each names the operation its
// actor needs and the fields it may set. Source: domain WF-01 (post), WF-13 (transfer), WF-17.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Carries out an Event op. Errors as verdicts: unknown event, not allowed, stale, settled.
merge::Verdict admit_event(const Desk& desk, const merge::Op& op);

}  // namespace dossier::server
