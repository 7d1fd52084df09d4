// How good a customer's file is: how much of what its stage asks for is there, and who at the
// customer was not confirmed for too long. Source, RP-13, cfg
// stale.contact_days.
#pragma once

#include "common/action/answer.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Lines for people, and {"completeness":…,"lacking":[…],"stale":[{"id":…,"title":…,"days":…}]}:
/// what is lacking as far as the asker may see that it is. Nothing for a file he does not read.
struct QualityTold {
    std::vector<std::string> lines;
    action::Json document;
};
QualityTold quality_of(
    Office& office, const Asker& asker, const Place& place, const FieldValues& values, Lang lang);

}  // namespace dossier::server
