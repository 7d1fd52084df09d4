// Copies of a vault's files: durable, for their owner alone, never through a symbolic link.
#pragma once

#include <string>

#include "common/base/result.hpp"

namespace dossier::vault {

/// Copies the regular file `from` to `to` (mode 0600), which must not exist, and makes its content
/// durable; its name is durable when the caller has synced the folder. After an error `to` is not
/// there. Errors: kMissing, kExists, kSymbolicLink, kNotVault (`from` is no regular file),
/// kNoDirectory, kReadOnly, kDiskFull, kDiskFailed.
Status copy_file(const std::string& from, const std::string& to);

/// Makes the names in `folder` durable. Errors: those of copy_file.
Status sync_folder(const std::string& folder);

/// Whether anything has this name, a symbolic link to nothing included.
bool is_there(const std::string& path);

}  // namespace dossier::vault
