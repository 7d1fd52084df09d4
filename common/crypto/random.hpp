// Randomness is handed in. The system source is libsodium's; tests seed their own.
#pragma once

#include <cstdint>
#include <span>

#include "common/base/ids.hpp"
#include "common/time/clock.hpp"

namespace dossier::crypto {

class Random {
  public:
    Random() = default;
    Random(const Random&) = delete;
    Random& operator=(const Random&) = delete;
    virtual ~Random() = default;
    virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// libsodium's randombytes_buf (getrandom).
class SystemRandom final : public Random {
  public:
    SystemRandom();
    void fill(std::span<std::uint8_t> bytes) override;
};

/// Deterministic stream from a seed: tests and the benchmark only, never keys of real data.
class SeededRandom final : public Random {
  public:
    explicit SeededRandom(std::uint64_t seed) : seed_(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;

  private:
    std::uint64_t seed_;
    std::uint64_t drawn_ = 0;
};

/// Makes UUIDv7 identities (RFC 9562 5.7): 48 bits of wall clock, then a 12-bit counter that keeps
/// ids of one maker in creation order, then 62 random bits.
class Ids {
  public:
    Ids(const Clock& clock, Random& random) : clock_(clock), random_(random) {}

    template <class IdType>
    IdType make() {
        return IdType{next()};
    }

  private:
    std::array<std::uint8_t, 16> next();

    const Clock& clock_;
    Random& random_;
    std::int64_t last_ms_ = 0;
    unsigned count_ = 0;
};

}  // namespace dossier::crypto
