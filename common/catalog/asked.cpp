#include "common/catalog/asked.hpp"

#include "common/catalog/canonical.hpp"
#include "common/catalog/check_text.hpp"
#include "common/catalog/faults.hpp"

namespace dossier::catalog {
namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kDayMs = 24 * 60 * kMinuteMs;
/// 9999-12-31: nothing lies in its future.
constexpr Instant kFarthest{253'402'214'400'000};

/// How long the stretch of time is that was typed.
std::int64_t span_ms(std::string_view typed, std::int64_t at) {
    const std::string text = half_width(typed);
    const bool says_hour = text.find(':') != std::string::npos;
    if (!says_hour && civil_date_from(text)) return kDayMs;
    // As every list shows instants.
    return text == office_minute(Instant{at}) ? kMinuteMs : 1;
}

}  // namespace

Result<Asked> parse_asked(const Field& field, std::string_view typed, Instant now) {
    Field asked = field;
    asked.min = INT64_MIN;
    asked.max = INT64_MAX;
    auto value = parse(asked, typed, now);
    if (!value && value.error().fault == &kInFuture) value = parse(asked, typed, kFarthest);
    if (!value) return pass(value);
    const auto at = as_number(*value);
    if (field.type != Type::Time || !at) return Asked{*value, *value};
    return Asked{*value, Value(*at + span_ms(typed, *at) - 1)};
}

}  // namespace dossier::catalog
