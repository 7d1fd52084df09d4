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

int Database::checked(int rc) {
    // Faults of our own are recorded where they are found.
    if (rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ || rc == SQLITE_IOERR_DATA) return rc;
    const int kind = rc & 0xFF;
    if (kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM)
        return faults.put(rc, {&kReadOnly, {path}});
    if (rc == SQLITE_FULL) return faults.put(rc, {&kDiskFull, {path}});
    return faults.put(rc, {&kDiskFailed, {std::to_string(rc), path}});
}

}  // namespace dossier::vault
