// Incidents as guards and effects of the table in common/workflow/incident.hpp: who the superior
// is, and what a lost laptop loses at once. Source: WF-15, R-136, R-273, AS-40.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Of a lost laptop it is said which, and it is one of the office's. Errors: incident.device.
Status report_fits(const Hand& hand);
/// Names the responsible person's direct superior. A laptop its own user reports lost is lost from
/// that moment on: who is responsible, and how many files it held, is written down.
Status take_report(Hand& hand);
/// Names the direct superior of who is responsible. A laptop that is lost by somebody else's word
/// is lost once somebody was set to look into it.
Status name_superior(Hand& hand);
/// Where a superior is named, it is said whether he is liable, and why. Errors:
/// incident.liability.
Status liability_judged(const Hand& hand);

}  // namespace dossier::server
