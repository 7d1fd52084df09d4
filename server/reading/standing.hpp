// Where a record stands in its workflows: who must act by when, and what the asker may do now.
#pragma once

#include "common/action/steps.hpp"

#include "server/reading/asker.hpp"

namespace dossier::server {

/// Of a record the asker reads; `has_action` as in `action::tell_standing`.
action::StandingTold standing_of(Office& office,
                                 const Asker& asker,
                                 const Place& place,
                                 const FieldValues& values,
                                 const std::function<bool(std::string_view)>& has_action);

}  // namespace dossier::server
