// Small files read and replaced whole.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "common/base/bytes.hpp"
#include "common/base/result.hpp"

namespace dossier::vault {

/// Content of `path`. Errors: kMissing, kNotVault above `bytes_max`, kReadOnly, kDiskFailed.
Result<Bytes> read_whole(const std::string& path, std::size_t bytes_max);

/// Replaces or creates `path` (mode 0600) so that after a crash or power cut it holds either the
/// former or the new content: temporary file, fsync, rename, fsync of the directory.
/// Errors: kNoDirectory, kReadOnly, kDiskFull, kDiskFailed; `path` is then as it was.
Status replace_whole(const std::string& path, ByteView content);

/// Writes all of `content`; false with errno set when the disk does not take it.
bool write_all(int descriptor, ByteView content);

}  // namespace dossier::vault
