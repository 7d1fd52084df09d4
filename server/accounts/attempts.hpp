// How often who may try to sign in: each failure in a row makes the next try wait longer, up to a
// bound, and nothing closes an account for good. Failures are counted for a person, for an address
// and for both together; where somebody has signed in before, only what failed from there counts,
// so that a stranger who tries his name elsewhere does not keep him out.
#pragma once

#include <array>
#include <chrono>
#include <string_view>

#include "server/office/office.hpp"

namespace dossier::server {

/// What is counted.
enum class CountedBy : std::uint8_t { Both, Person, Address };
inline constexpr std::array kCountedBy{CountedBy::Both, CountedBy::Person, CountedBy::Address};

/// Nobody waits longer.
inline constexpr std::chrono::seconds kWaitMax{300};
/// A failure is forgotten so long after the last.
inline constexpr std::chrono::hours kFailuresKept{24};
/// So long an address where somebody has signed in is his.
inline constexpr std::chrono::hours kWelcomeKept{24 * 90};

/// How long after so many failures in a row the next try waits: nothing for the first few, then
/// 1 s, 2 s, 4 s …
std::chrono::seconds wait_after(CountedBy by, std::uint64_t failures);

/// The tries of one person from one address. Inside the caller's unit of work, which is committed
/// also when they fail.
class Attempts {
  public:
    /// `login` as it was typed, whether anybody has it or not; `address` of the connection.
    Attempts(Office& office, std::string_view login, std::string_view address);

    /// How long he has to wait; zero when he may try.
    [[nodiscard]] std::chrono::seconds wait() const;
    /// Counts a try as failed, before it is known how it ends: many at once are many.
    void count();
    /// It was none, after all: what he said was right as far as it went.
    void take_back();
    /// He is in: what failed for him and from here in his name is forgotten.
    void welcome();

  private:
    [[nodiscard]] AttemptRow& of(CountedBy by) { return rows_[static_cast<std::size_t>(by)]; }
    [[nodiscard]] const AttemptRow& of(CountedBy by) const {
        return rows_[static_cast<std::size_t>(by)];
    }
    void save();

    Office& office_;
    std::array<AttemptRow, kCountedBy.size()> rows_;
};

}  // namespace dossier::server
