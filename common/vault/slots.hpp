// The key slots: a small file beside the database that wraps its random data key once for every
// way to open it. Changing a passphrase rewrites this file and nothing else.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "common/base/result.hpp"
#include "common/crypto/digest.hpp"
#include "common/crypto/random.hpp"
#include "common/crypto/secret.hpp"

namespace dossier::vault {

/// Where a vault lies: `<dir>/dossier.db` and `<dir>/dossier.keys`. Beside the database SQLite and
/// the vault keep files named after it (`-wal`, `-versions`, `-versions2`, `-lock`).
struct VaultPaths {
    std::string database;
    std::string slots;
};

/// Work of one Argon2id derivation. Bounded on reading too, for whoever can write the slot file
/// chooses these numbers: floor 64 MiB × 3 passes, ceiling 1 GiB × 32.
struct KdfCost {
    std::uint32_t memory_kib;
    std::uint32_t passes;
    bool operator==(const KdfCost&) const = default;
};
inline constexpr KdfCost kCostFloor{64 * 1024, 3};
inline constexpr KdfCost kCostCeiling{1024 * 1024, 32};

/// The cost that takes this machine about 0.7 s, never below the floor. Takes about 0.2 s.
KdfCost calibrated_cost();

struct Passphrase {
    crypto::Secret text;  ///< UTF-8 as typed, in one normal form (the caller's part)
    /// For making a slot; none = `calibrated_cost()`.
    std::optional<KdfCost> cost = std::nullopt;
};
/// 32 random bytes in a file only its owner may read (mode 0600): scripts, servers and tests.
/// Made when a slot is made for a path where there is no file.
struct KeyFile {
    std::string path;
};
/// The office's recovery key pair: opens when the passphrase is forgotten or its owner has left.
struct RecoveryKey {
    crypto::KeyPair pair;
};
using Unlock = std::variant<Passphrase, KeyFile, RecoveryKey>;
using PublicKey = std::array<std::uint8_t, 32>;

/// Writes the slot file of a new vault: a slot for `how` and, when given, one sealed to the
/// office's `recovery` key. Errors: kNoDirectory, kReadOnly, kDiskFull, kDiskFailed,
/// kKeyFileUnfit, kKeyFileExposed, kNoMemory.
Status make_slots(const std::string& slots,
                  const Unlock& how,
                  ByteView data_key,
                  crypto::Random& random,
                  const std::optional<PublicKey>& recovery);

/// The data key. Errors: kMissing, kNotVault, kNewerFormat, kDamagedSlots, kNoSlot,
/// kWrongPassphrase, kWrongKeyFile, kWrongRecoveryKey, kKeyFileUnfit, kKeyFileExposed, kNoMemory.
Result<crypto::Secret> unlock(const VaultPaths& paths, const Unlock& how);

/// Gives the vault the way `next`, replacing a slot of the same sort (a changed passphrase).
/// An old copy of the slot file still opens with the old passphrase: only copying the data into
/// a new vault changes the data key. Errors: those of `unlock` for `now`; kNoDirectory,
/// kReadOnly, kDiskFull, kDiskFailed, and then the slots are as they were.
Status add_slot(const VaultPaths& paths,
                const Unlock& now,
                const Unlock& next,
                crypto::Random& random);
Status add_recovery_slot(const VaultPaths& paths, const Unlock& now, const PublicKey& recovery);

}  // namespace dossier::vault
