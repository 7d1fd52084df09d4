// Requests to read as guards and effects of the table in common/workflow/access_request.hpp.
// Source: WF-05, R-146, R-148 … R-152.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Which chain signs: of extracts and statistics that of the department
/// (`workflow::Chain::variant`).
std::string_view signers_of_request(const Desk& desk, const FieldValues& request);
/// The files asked for: who signs must be allowed to give access to each.
std::vector<access::Subject> subjects_of_request(const Desk& desk, const FieldValues& request);

/// Asked for oneself, of files one knows of, with a purpose of four characters, no longer than
/// `access.grant_max_days`, and no further onto a laptop than any grant. Errors: access.denied,
/// intake.unknown_record, request.purpose, request.term, those of within_limits.
Status request_fits(const Hand& hand);
/// Makes the grant: as asked, from now on. Errors: those of within_limits.
Status give_access(Hand& hand);

}  // namespace dossier::server
