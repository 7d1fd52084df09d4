// Becoming a laptop of the office.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

/// Enrols by an invite, or only tells what the invite says of the office (`check`). One that is
/// enrolled learns the office's address and key from it. Errors: cli.usage,
/// those of Connection::enrol.
Result<int> enroll(Context& context);

}  // namespace dossier::client
