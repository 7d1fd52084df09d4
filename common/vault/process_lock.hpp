// One process at a time: a locked file beside the database that names the process holding it.
#pragma once

#include <string>

#include "common/base/result.hpp"

namespace dossier::vault {

/// Holds `<database>-lock` until destroyed. The lock goes with the process however it ends; the
/// file stays, because removing it would let two processes lock two files of one name.
class ProcessLock {
  public:
    /// Errors: kInUse (names the process), kNoDirectory, kReadOnly, kDiskFull, kDiskFailed.
    static Result<ProcessLock> take(const std::string& database);

    ProcessLock(ProcessLock&& other) noexcept;
    ProcessLock(const ProcessLock&) = delete;
    ProcessLock& operator=(const ProcessLock&) = delete;
    ~ProcessLock();

  private:
    explicit ProcessLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

/// The fault for `errno` after `doing` something to `path`.
Error disk_error(int number, const std::string& path);

}  // namespace dossier::vault
