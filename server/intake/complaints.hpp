// What the handling of a complaint asks for and brings about: guards and effects of
// common/workflow/complaint.hpp. Source: domain WF-09, R-206 to R-224, D-20.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Errors: intake.respondent.
Status not_respondent(const Hand& hand);
/// Who is named, or was, is neither the respondent nor one of his people. Errors:
/// intake.not_independent.
Status investigator_independent(const Hand& hand);
/// Errors: intake.not_informed.
Status parties_informed(const Hand& hand);
/// Errors: intake.content_unsaid.
Status content_said(const Hand& hand);
/// Errors: intake.no_basis.
Status severity_based(const Hand& hand);
/// The sixth reason is for complaints of service that came later than a month, the same day of the
/// next month not counted. Errors: intake.not_late.
Status invalid_fits(const Hand& hand);
/// Errors: intake.unanswered.
Status customer_answered(const Hand& hand);
/// Errors: intake.long_closed.
Status recently_closed(const Hand& hand);

/// Notes whether the plan came in its half hour, by the time it was made.
Status time_plan(Hand& hand);
/// The nearest leader of who reports that is independent takes the complaint over, and the time the
/// customer waits until is to come. Errors: intake.no_superior, intake.wait_past.
Status ask_leader(Hand& hand);
/// Valid, invalid, or settled without a judgement; what is malignant is told to the general manager
/// and secret.
Status judge_complaint(Hand& hand);
/// It is not judged any more; that it is secret stays.
Status reopen_complaint(Hand& hand);

/// The same day so many months later, at most the last of its month. "YYYY-MM-DD".
std::string months_after(std::string_view day, std::int64_t months);

}  // namespace dossier::server
