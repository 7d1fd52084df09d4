// Where a record of this laptop stands in its workflows, as of the last sync and what was asked
// since: what its user may ask for now, and who may where he may not.
#pragma once

#include "common/action/steps.hpp"

#include "client/intake/intake.hpp"
#include "client/reading/asker.hpp"

namespace dossier::client {

/// `has_action` as in `action::tell_standing`.
action::StandingTold standing_of(Store& store,
                                 Intake& intake,
                                 const Asker& asker,
                                 const catalog::Kind& kind,
                                 const RecordId& record,
                                 const std::function<bool(std::string_view)>& has_action);

}  // namespace dossier::client
