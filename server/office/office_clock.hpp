// What time it is at the office. The machine's clock may be set back, by a person, by a dead
// battery or by a wrong time server; what was over must not begin again. So the office never takes
// for now what is earlier than the latest time its own books tell.
#pragma once

#include <atomic>

#include "common/time/clock.hpp"

#include "server/store/store.hpp"

namespace dossier::server {

/// The later of two times: the machine's clock, and the latest time known plus what passed since,
/// by ticks. The one clock of everything the office decides. May be asked from any thread.
class OfficeClock final : public Clock {
  public:
    /// `machine` outlives it. `high_water`: what `high_water_of` the books told at the start.
    OfficeClock(const Clock& machine, Instant high_water);

    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::int64_t ticks_ms() const override { return machine_.ticks_ms(); }
    [[nodiscard]] Instant machine_now() const { return machine_.now(); }
    /// By how much the machine's clock lies before what is known to have passed; 0 = it does not.
    [[nodiscard]] std::chrono::milliseconds behind() const;
    /// The machine's clock is wrong, or was when something was written down: people must see to it.
    [[nodiscard]] bool is_in_doubt() const;
    /// From now on the machine's clock is right, whatever is known.
    void accept_machine();

  private:
    const Clock& machine_;
    /// The office's time minus ticks: only ever grows, but for `accept_machine`.
    mutable std::atomic<std::int64_t> lead_ms_;
};

/// The latest time the office's books tell: what was kept, and the last lines of the audit after
/// it; 0 for empty books. Inside a unit of work.
Instant high_water_of(Store& store);
/// The same in a unit of its own: before anything else is done with the store.
Instant high_water_at_start(Store& store);
/// Keeps `now` as the latest time known, also when the books know a later one. Inside a unit of
/// work.
void keep_time(Store& store, Instant now);

}  // namespace dossier::server
