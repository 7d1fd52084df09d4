// What ends by the mere passing of time leaves through the door like everything else.
#pragma once

#include "server/office/office.hpp"

namespace dossier::server {

/// Ends every grant whose time is over, so that the files it opened leave its holder's scope; the
/// number ended. Inside the caller's unit of work. Source: domain 2.5.3 access_grant, sync 5.5.
std::size_t end_expired_grants(Office& office);

}  // namespace dossier::server
