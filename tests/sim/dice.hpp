// Chance from a seed: small, the same on every machine, one stream a decision.
#pragma once

#include <cstdint>
#include <vector>

namespace dossier::sim {

/// SplitMix64.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    /// From 0, below `count`; 0 for an empty range.
    std::uint64_t below(std::uint64_t count) { return count == 0 ? 0 : next() % count; }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(high - low) + 1));
    }
    /// True in `permille` of 1,000 cases.
    bool chance(std::uint64_t permille) { return below(1000) < permille; }
    template <class List>
    auto& pick(List& list) {
        return list[below(list.size())];
    }

  private:
    std::uint64_t state_;
};

/// A stream of its own for one purpose of one seed.
inline Dice dice_for(std::uint64_t seed, std::uint64_t purpose) {
    Dice mixed(seed ^ (purpose * 0xD6E8FEB86659FD93U));
    return Dice(mixed.next());
}

}  // namespace dossier::sim
