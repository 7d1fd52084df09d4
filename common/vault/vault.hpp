// The vault: an encrypted SQLite database over Debian's own SQLite. Unlock gives the data key,
// `Vault` holds it while connections are open, `prepare` makes a fresh connection fit for use.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <sqlite3.h>

#include "common/base/result.hpp"
#include "common/crypto/random.hpp"
#include "common/crypto/secret.hpp"
#include "common/vault/faults.hpp"
#include "common/vault/slots.hpp"
#include "common/vault/versions.hpp"

namespace dossier::vault {

/// What lies beneath; the defaults are the product's, tests put a faulty disk here.
struct Below {
    const char* vfs = "unix";
    /// Length of the page-version log beyond twice its full record at which it starts anew.
    std::size_t version_log_bytes = std::size_t{256} * 1024;
};

/// Makes a vault with an empty database: slots for `how` and the office's `recovery` key, if any.
/// Interrupted, it leaves nothing that opens, and may be repeated.
/// Errors: kExists, kSlotsMissing (a database with content is there), those of `add_slot`.
Result<crypto::Secret> create(const VaultPaths& paths,
                              const Unlock& how,
                              crypto::Random& random,
                              const std::optional<PublicKey>& recovery = std::nullopt,
                              const Below& below = {});

/// The database part of `create` alone. Errors: kDiskFull, kDiskFailed, kInUse, kNoDirectory.
Status create_database(const std::string& database,
                       crypto::Secret data_key,
                       crypto::Random& random,
                       const Below& below = {});

/// One open database. Connections are opened with `database_path()` and `vfs_name()`, given to
/// `prepare`, and closed before the vault. Thread: any, each connection its own.
class Vault {
  public:
    /// Never creates: an error here must not end in a new, empty database. `random` must outlive
    /// the vault. Errors: kMissing, kNoDirectory, kReadOnly, kInUse, kPlainDatabase,
    /// kForeignJournal, kWrongDataKey, kDamagedVersions, kDamagedPage, kStalePage.
    static Result<std::unique_ptr<Vault>> open(const VaultPaths& paths,
                                               crypto::Secret data_key,
                                               crypto::Random& random,
                                               const Below& below = {});
    Vault(const Vault&) = delete;
    Vault& operator=(const Vault&) = delete;
    ~Vault();

    [[nodiscard]] const char* vfs_name() const;
    /// Absolute, links resolved: the only name the VFS opens.
    [[nodiscard]] const std::string& database_path() const;

    /// To be called right after sqlite3_open_v2: temp storage in memory, synchronous=FULL, and the
    /// strict look at page 1 that recovery had to postpone. Errors: whatever the VFS found;
    /// kNotDossier.
    Status prepare(sqlite3* connection);

    /// What the VFS found wrong most recently, for the caller whom SQLite gave only a number;
    /// asking clears it.
    std::optional<Error> last_fault();

    /// Reads every page and every frame of the log strictly. Errors: kDamagedPage, kStalePage,
    /// kForeignPage, kDamagedWal, kStaleWal, kDiskFailed.
    Status verify();

    /// Identity, generation and digest for the office to remember; the generation grows with
    /// every checkpoint.
    [[nodiscard]] Mark mark() const;

  private:
    struct Parts;
    explicit Vault(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace dossier::vault
