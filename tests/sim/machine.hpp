// One computer of the simulated company: a disk in memory that fails and loses power, keys and
// randomness of its own, a clock that may be wrong.
#pragma once

#include <filesystem>
#include <string>

#include "common/crypto/random.hpp"
#include "common/time/clock.hpp"
#include "common/vault/vault.hpp"

#include "tests/sim/dice.hpp"
#include "tests/support/fault_vfs.hpp"

namespace dossier::sim {

/// When every run begins: 2026-03-02 10:00 in office time.
inline constexpr std::int64_t kStart = 1'772'416'800'000;
inline constexpr std::int64_t kMinute = 60'000;
inline constexpr std::int64_t kHour = 60 * kMinute;

/// Bytes of a page of a database.
inline constexpr std::size_t kPage = 4096;

/// Virtual time plus what this machine has wrong.
class DriftingClock final : public Clock {
  public:
    explicit DriftingClock(const std::int64_t& now) : now_(now) {}
    [[nodiscard]] Instant now() const override { return {now_ + off_ms}; }
    [[nodiscard]] std::int64_t ticks_ms() const override { return now_ - kStart + 1'000; }
    std::int64_t off_ms = 0;

  private:
    const std::int64_t& now_;
};

/// The folder of this process's lock files, gone at its end. Nothing else lies on a real disk.
const std::string& scratch();

class Machine {
  public:
    Machine(std::uint64_t seed, const std::int64_t& now);

    /// Its vault, as the product opens it but without key slots. Errors: Vault::open's.
    Result<std::unique_ptr<vault::Vault>> unlock();
    [[nodiscard]] crypto::Secret data_key() const { return key_.clone(); }
    /// A call met the power cut: nothing after it reached the disk.
    [[nodiscard]] bool is_dark() const { return disk.cut_at != 0 && disk.calls >= disk.cut_at; }
    /// Loses power for good: what was not synced is kept, torn or gone, by chance.
    void lose_power();
    /// Every fault of the disk is over.
    void mend() { disk.power_on(); }

    bool doubtful = false;  ///< its disk lost a bit: it may fail, but never say nonsense
    test::FaultVfs disk;
    DriftingClock clock;
    crypto::SeededRandom random;
    crypto::SeededRandom nonces;  ///< of its own: what is drawn for a page shifts nothing else
    crypto::Ids ids{clock, random};
    Dice chance;
    vault::VaultPaths paths;

  private:
    crypto::Secret key_;
};

/// A disk that holds a database with its tables and nothing in it, made once a process: every
/// machine begins with a copy.
/// The same files under the names of another machine.
test::Disk renamed(const test::Disk& from, const std::string& old, const std::string& path);
test::Disk blank_client_disk(const std::string& path);
test::Disk blank_office_disk(const std::string& path);

}  // namespace dossier::sim
