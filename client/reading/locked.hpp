// Why nothing that lies here may be shown now.
#pragma once

#include "common/base/result.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

/// With what can be done all the same. Not for Lock::Open. client.lease_over, client.clock_back,
/// client.suspended, client.revoked or client.wiped.
Error reason_of(Store& store, Lock lock);

}  // namespace dossier::client
