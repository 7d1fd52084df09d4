// The wait after wrong passphrases: grows with each one, and outlives the program that counted
// them. A small file beside the store holds the count; it keeps nobody out for long, whatever
// stands in it. Source: ux 3.13.
#pragma once

#include <cstdint>
#include <string>

#include "common/time/clock.hpp"

namespace dossier::client {

/// One caller at a time.
class Attempts {
  public:
    /// The file lies in `folder`; `clock` outlives this. What is broken or unreadable counts as
    /// none.
    Attempts(const std::string& folder, const Clock& clock);

    /// Milliseconds until the next one is heard; 0 = now.
    [[nodiscard]] std::int64_t wait_ms() const;
    /// One more that was wrong. A file that cannot be written keeps nothing.
    void was_wrong();
    /// Forgets all of them.
    void was_right();

  private:
    void keep() const;

    std::string path_;
    const Clock& clock_;
    int wrong_ = 0;
    std::int64_t next_ticks_ms_ = 0;
};

}  // namespace dossier::client
