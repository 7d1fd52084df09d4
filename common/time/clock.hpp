// Time is handed in: no code but `SystemClock` asks the machine what time it is.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

/// Milliseconds since 1970-01-01T00:00Z.
struct Instant {
    std::int64_t ms = 0;
    auto operator<=>(const Instant&) const = default;

    [[nodiscard]] Instant plus(std::chrono::milliseconds span) const { return {ms + span.count()}; }
};

class Clock {
  public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    /// Wall clock; may jump.
    [[nodiscard]] virtual Instant now() const = 0;
    /// Milliseconds that never go back while the machine runs; only differences mean something.
    [[nodiscard]] virtual std::int64_t ticks_ms() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Instant now() const override;
    [[nodiscard]] std::int64_t ticks_ms() const override;
};

/// A clock that stands still until told: for tests. Set back, its ticks stand still.
class SetClock final : public Clock {
  public:
    explicit SetClock(Instant start) : now_(start), ticks_ms_(start.ms) {}
    [[nodiscard]] Instant now() const override { return now_; }
    [[nodiscard]] std::int64_t ticks_ms() const override { return ticks_ms_; }
    void set(Instant instant) {
        ticks_ms_ += instant > now_ ? instant.ms - now_.ms : 0;
        now_ = instant;
    }
    void advance(std::chrono::milliseconds span) { set(now_.plus(span)); }

  private:
    Instant now_;
    std::int64_t ticks_ms_;
};

/// Business time zone of the office: Asia/Shanghai, UTC+8 all year since 1991 (`cfg:org.timezone`).
inline constexpr std::chrono::minutes kOfficeOffset{8 * 60};

/// "YYYY-MM-DD" of a calendar date in office time.
std::string office_date(Instant instant);
/// "YYYY-MM-DD HH:MM" in office time: what people read.
std::string office_minute(Instant instant);
/// "YYYY-MM-DDTHH:MM:SS.mmmZ": what machines read.
std::string iso_utc(Instant instant);

/// True for an existing Gregorian date written "YYYY-MM-DD", years 0001–9999.
bool is_civil_date(std::string_view text);
/// Reads "2026-03-02", "2026/3/2 下午2:05", "2026.3.2 2:05 PM", "20260302", "2026年3月2日", and
/// with a zone "2026-03-02T14:05:06Z", "…+08:00"; without one, office time. Errors: nullopt.
std::optional<Instant> instant_from(std::string_view text);
/// The same, giving the date "YYYY-MM-DD" of a day or its midnight. Errors: nullopt.
std::optional<std::string> civil_date_from(std::string_view text);

}  // namespace dossier
