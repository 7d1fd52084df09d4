// Policies and their acknowledgement as guards and effects of the tables in
// common/workflow/policy.hpp. Source: domain 2.5.6, D-43.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// No other document of this code has this version, and the department is its author's own; the
/// general manager writes for any. Errors: policy.version, access.denied.
Status version_is_new(const Hand& hand);
/// Ends the version that was in effect, and tells everybody who works here that there is one to
/// acknowledge.
Status issue_document(Hand& hand);
/// Only what is in effect is acknowledged, each by who read it. Errors: policy.not_in_effect,
/// access.denied.
Status policy_in_effect(const Hand& hand);
/// Writes down which version was read.
Status note_version(Hand& hand);

}  // namespace dossier::server
