#include "server/sync/turns.hpp"

#include <algorithm>

namespace dossier::server {

double Turns::tokens_at(const Bucket& bucket, Clock::time_point now) const {
    const std::chrono::duration<double> passed = now - bucket.at;
    return std::min(limits_.burst, bucket.tokens + passed.count() * limits_.per_second);
}

/// A full bucket is like none. Where none is full, all begin anew: to be fair to a crowd of that
/// size is less than to bound what it may cost.
void Turns::make_room(Clock::time_point now) {
    if (buckets_.size() < limits_.known_max) return;
    std::erase_if(buckets_,
                  [&](const auto& each) { return tokens_at(each.second, now) >= limits_.burst; });
    if (buckets_.size() > limits_.known_max / 2) buckets_.clear();
}

std::optional<Turns::Clock::duration> Turns::take(ByteView who, Clock::time_point now) {
    make_room(now);
    const auto [at, fresh] =
        buckets_.try_emplace(Bytes(who.begin(), who.end()), Bucket{limits_.burst, now});
    const double left = tokens_at(at->second, now) - 1;
    const std::chrono::duration<double> wait(std::max(0.0, -left) / limits_.per_second);
    if (wait > limits_.wait_max) return std::nullopt;
    at->second = {left, now};
    return std::chrono::duration_cast<Clock::duration>(wait);
}

}  // namespace dossier::server
