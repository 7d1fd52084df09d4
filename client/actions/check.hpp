// Whether a store is whole.
#pragma once

#include "common/base/result.hpp"

#include "client/store/store.hpp"

namespace dossier::client {

/// Pages, SQLite's own look at its structure, the contents of attachments. Errors: client.damaged,
/// those of vault::Vault::verify.
Status check_store(Store& store);

}  // namespace dossier::client
