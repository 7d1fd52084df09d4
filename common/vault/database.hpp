// What all open files of one vault database share: keys, versions, log state, locks, last fault.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include <sqlite3.h>

#include "common/vault/codec.hpp"
#include "common/vault/locks.hpp"
#include "common/vault/versions.hpp"
#include "common/vault/wal_log.hpp"

namespace dossier::vault {

/// Geometry, fixed for every vault.
inline constexpr std::size_t kPageBytes = 4096;
inline constexpr std::size_t kPageBody = kPageBytes - kTrailerBytes;
/// Big-endian at offset 68 of page 1: "DSR1".
inline constexpr std::int32_t kApplicationId = 0x44535231;

/// The most recent fault, for the caller whom SQLite only gives a number. Thread: any.
class FaultRecord {
  public:
    /// Remembers `error` and returns `rc`.
    int put(int rc, Error error);
    std::optional<Error> take();

  private:
    std::mutex mutex_;
    std::optional<Error> last_;
};

/// Thread: any.
struct Database {
    Database(sqlite3_vfs& base_vfs,
             std::string full_path,
             crypto::Secret key,
             crypto::Random& randomness,
             std::size_t version_log_bytes)
        : base(base_vfs),
          path(std::move(full_path)),
          wal_path(path + "-wal"),
          random(randomness),
          codec(std::move(key), randomness),
          versions(base_vfs, path, codec, version_log_bytes),
          wal(codec, versions, faults) {}

    /// Passes `rc` of the base VFS on, recording a failed disk as a fault.
    int checked(int rc);

    sqlite3_vfs& base;
    bool is_read_only = false;  ///< the files or their folder may not be written
    const std::string path;
    const std::string wal_path;
    crypto::Random& random;
    std::mutex drawing;  ///< held while `random` is asked by a file other than the codec
    FaultRecord faults;
    Codec codec;
    VersionTable versions;
    WalLog wal;
    WalIndex index;
    FileLocks locks;
};

}  // namespace dossier::vault
