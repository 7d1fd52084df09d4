// Files that are looked at again, as guards and effects of common/workflow/review_task.hpp, and the
// flag of key customers. Source: domain WF-02, R-090, R-091, D-42.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Of a key customer somebody recorded a talk in the quarter; a talk that is named is one of those.
/// Errors: intake.no_contact, intake.evidence.
Status contact_in_quarter(const Hand& hand);
/// Errors: intake.open_matters with the numbers.
Status file_settled(const Hand& hand);
/// Keeps at the file when it was verified, and when it is due again.
Status keep_verified(Hand& hand);
/// Sets or takes away the flag, as the event says.
Status make_key(Hand& hand);

/// "2026Q1": first and last day.
struct Quarter {
    std::string first;
    std::string last;
};
/// Errors: nullopt for what is no quarter.
std::optional<Quarter> quarter_of(std::string_view period);
/// The quarter a day lies in, and the one after a quarter.
std::string period_of(std::string_view day);
std::string next_period(std::string_view period);

}  // namespace dossier::server
