// The wal-index and the file locks of one database, in process memory: the vault is open in one
// process only (process_lock.hpp), so nothing of them need be on disk.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include <sqlite3.h>

namespace dossier::vault {

/// What one connection holds of a WalIndex: a bit for each of SQLite's lock slots.
struct WalIndexHold {
    bool joined = false;
    unsigned shared = 0;
    unsigned exclusive = 0;
};

/// xShmMap, xShmLock and xShmUnmap. Source: sqlite.org/c3ref/io_methods.html. Thread: any.
class WalIndex {
  public:
    int map(WalIndexHold& hold, int region, int bytes, bool extend, void volatile** out);
    int lock(WalIndexHold& hold, int first, int count, int flags);
    /// The last to leave forgets the content.
    void leave(WalIndexHold& hold);
    void barrier();

  private:
    void release(WalIndexHold& hold, unsigned mask);

    std::mutex mutex_;
    std::vector<std::unique_ptr<std::uint8_t[]>> regions_;
    std::array<unsigned, SQLITE_SHM_NLOCK> shared_{};
    unsigned exclusive_ = 0;
    unsigned joined_ = 0;
};

/// SQLite's five levels of the main file's lock among the connections of this process.
/// Source: sqlite.org/lockingv3.html. Thread: any.
class FileLocks {
  public:
    /// `held` is the level of the asking connection.
    int lock(int& held, int wanted);
    void unlock(int& held, int wanted);
    bool is_reserved();

  private:
    std::mutex mutex_;
    unsigned readers_ = 0;    ///< connections at SHARED or above
    bool writer_ = false;     ///< one of them is above SHARED
    bool excluding_ = false;  ///< and it is at EXCLUSIVE
};

}  // namespace dossier::vault
