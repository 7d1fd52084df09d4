// Lines of the log that anybody who can reach the port brings about: so many a minute, and then how
// many more there were. A flood must neither fill the disk nor hide what else is said.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace dossier::net {

class LogLimit {
  public:
    using Clock = std::chrono::steady_clock;

    explicit LogLimit(std::uint64_t lines_per_minute) : most_(lines_per_minute) {}

    /// How many lines were left out since the last one, when this one may be written.
    std::optional<std::uint64_t> take(Clock::time_point now) {
        if (now - since_ >= std::chrono::minutes(1)) {
            since_ = now;
            written_ = 0;
        }
        if (written_ >= most_) {
            ++left_out_;
            return std::nullopt;
        }
        ++written_;
        const auto before = left_out_;
        left_out_ = 0;
        return before;
    }

  private:
    std::uint64_t most_;
    std::uint64_t written_ = 0;
    std::uint64_t left_out_ = 0;
    Clock::time_point since_;
};

}  // namespace dossier::net
