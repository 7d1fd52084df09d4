// Whether what lies on this laptop may be shown now: the lease the office gave at the last sync,
// measured by a time that never runs back. When it is over, new work can still be written (sealed
// to the office), and reading returns with the next sync. Source: domain 3.4.6, sync 5.5.
#pragma once

#include "common/time/clock.hpp"

#include "client/store/meta.hpp"

namespace dossier::client {

enum class Lock : std::uint8_t {
    Open,
    LeaseOver,
    ClockBack,  ///< the clock is far before a time that is known to have passed
    Suspended,  ///< the office stopped this laptop for a while
    Revoked,    ///< for good; nothing of the office is here any more
    Wiping,     ///< everything was removed; the office has not heard of it yet
    Wiped,      ///< it has: the files may go
};

class Lease {
  public:
    explicit Lease(Meta& meta) : meta_(meta) {}

    /// What the office said when the clock here showed `clock`. Inside the caller's transaction.
    void grant(Instant office_now, Instant until, Instant clock);
    Lock lock(Instant clock);
    /// Office time as far as it is known: by the clock, or by the clock and how far off the office
    /// found it; never before a time seen already.
    Instant passed(Instant clock);
    /// Remembers `passed`, so that a clock set back revives nothing. Inside the caller's
    /// transaction.
    void note(Instant clock);
    /// True when it is worth a commit: a minute and more has passed since the last.
    bool is_worth_noting(Instant clock);
    /// When reading ends; 0 = the office never said.
    Instant until();

    void set_wiping();
    void set_wiped();

  private:
    Instant seen();

    Meta& meta_;
};

}  // namespace dossier::client
