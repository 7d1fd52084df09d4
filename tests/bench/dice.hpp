// Numbers drawn for benchmarks: the same in every run.
#pragma once

#include <cstddef>
#include <cstdint>

namespace dossier::bench {

/// splitmix64.
class Dice {
  public:
    std::uint64_t next() {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15ULL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t end) { return next() % end; }
    /// Small numbers far more often than large ones, as words and characters occur.
    std::size_t skewed(std::size_t end) {
        const double u = static_cast<double>(next() >> 11) * 0x1.0p-53;
        return static_cast<std::size_t>(u * u * u * static_cast<double>(end));
    }

  private:
    std::uint64_t state_ = 20240501;
};

}  // namespace dossier::bench
