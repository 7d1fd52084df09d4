// Watches the machine's clock while the office is open.
#pragma once

#include <string_view>
#include <vector>

#include "server/office/office.hpp"

namespace dossier::server {

inline constexpr std::chrono::minutes kClockLooked{1};

/// Something the machine's clock did: "ahead" (it leapt, or the machine slept), "behind" (what it
/// shows has passed already), "right" (again).
struct ClockNews {
    std::string_view what;
    std::chrono::milliseconds by{0};
};

class ClockWatch {
  public:
    explicit ClockWatch(Office& office);

    /// What changed since the last look, for the log; in the audit already. Keeps the time, so that
    /// an office where nothing happens knows what has passed. Inside a unit of work, each
    /// `kClockLooked`.
    std::vector<ClockNews> look();

  private:
    void note(const ClockNews& news);

    Office& office_;
    Instant looked_at_;
    std::int64_t ticks_ms_;
    Instant kept_at_;
    bool in_doubt_ = false;
};

}  // namespace dossier::server
