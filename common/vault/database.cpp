#include "common/vault/database.hpp"

#include "common/vault/faults.hpp"

namespace dossier::vault {

int FaultRecord::put(int rc, Error error) {
    const std::lock_guard lock(mutex_);
    last_ = std::move(error);
    return rc;
}

std::optional<Error> FaultRecord::take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(last_, std::nullopt);
}

int Database::checked(int rc, const char* doing) {
    // Faults of our own are recorded where they are found.
    if (rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_DATA) return rc;
    if (rc == SQLITE_FULL) return faults.put(rc, {&kDiskFull, {path}});
    return faults.put(rc, {&kDiskFailed, {doing, path}});
}

}  // namespace dossier::vault
