// Who may begin a handshake now, who in a moment, and who is told to come again: a bucket of
// tokens for each address or ticket. Pure: the time is handed in. Source: SPEC.md 9.
#pragma once

#include <chrono>
#include <map>
#include <optional>

#include "common/base/bytes.hpp"

namespace dossier::server {

class Turns {
  public:
    using Clock = std::chrono::steady_clock;

    struct Limits {
        double per_second = 1;
        double burst = 1;
        Clock::duration wait_max{};  ///< longer nobody is made to wait: he is refused
        std::size_t known_max = 4096;
    };
    explicit Turns(Limits limits) : limits_(limits) {}

    /// How long `who` waits for his turn, which is his from then on; nothing when he is refused.
    /// Who is refused is not charged: however many were, an honest one waits `wait_max` at most
    /// after they stopped.
    std::optional<Clock::duration> take(ByteView who, Clock::time_point now);
    [[nodiscard]] std::size_t known() const { return buckets_.size(); }

  private:
    /// `tokens` as of `at`; below zero by those who wait.
    struct Bucket {
        double tokens;
        Clock::time_point at;
    };

    [[nodiscard]] double tokens_at(const Bucket& bucket, Clock::time_point now) const;
    void make_room(Clock::time_point now);

    Limits limits_;
    std::map<Bytes, Bucket> buckets_;
};

}  // namespace dossier::server
