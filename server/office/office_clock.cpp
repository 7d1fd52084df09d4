#include "server/office/office_clock.hpp"

#include <algorithm>

#include "common/base/plant.hpp"
#include "common/merge/stamp.hpp"

namespace dossier::server {
namespace {

/// Layout: time i64 || number of the last audit line it is later than u64, little-endian.
constexpr std::string_view kKeptTime = "office.clock";
/// Lines are written in order of time but for sessions under way together.
constexpr std::uint64_t kLinesAsked = 1000;

struct KeptTime {
    Instant at;
    std::uint64_t line = 0;
};

KeptTime kept_time(Store& store) {
    const auto kept = store.meta(kKeptTime);
    if (!kept || kept->size() != 16) return {};
    return {{read_le<std::int64_t>(kept->data())}, read_le<std::uint64_t>(kept->data() + 8)};
}

}  // namespace

OfficeClock::OfficeClock(const Clock& machine, Instant high_water)
    : machine_(machine), lead_ms_(std::max(high_water, machine.now()).ms - machine.ticks_ms()) {}

Instant OfficeClock::now() const {
    const Instant machine = machine_.now();
    if (is_planted(Plant::ClockBelieved)) return machine;
    const std::int64_t ticks = machine_.ticks_ms();
    const std::int64_t shown = machine.ms - ticks;
    std::int64_t lead = lead_ms_.load();
    while (lead < shown && !lead_ms_.compare_exchange_weak(lead, shown)) {
    }
    return {ticks + std::max(lead, shown)};
}

std::chrono::milliseconds OfficeClock::behind() const {
    return merge::age(machine_.now(), now());
}

bool OfficeClock::is_in_doubt() const {
    return behind() > merge::kClockTrusted;
}

void OfficeClock::accept_machine() {
    lead_ms_ = machine_.now().ms - machine_.ticks_ms();
}

Instant high_water_of(Store& store) {
    const KeptTime kept = kept_time(store);
    const std::uint64_t last = store.audit_end().seq;
    Instant latest = kept.at;
    const std::uint64_t after = std::max(kept.line, last - std::min(last, kLinesAsked));
    for (const AuditLine& line : store.audit(after, kLinesAsked))
        latest = std::max(latest, line.at);
    return latest;
}

Instant high_water_at_start(Store& store) {
    const Unit unit(store);
    return high_water_of(store);
}

void keep_time(Store& store, Instant now) {
    Bytes kept;
    append_le(kept, now.ms);
    append_le(kept, store.audit_end().seq);
    store.set_meta(kKeptTime, kept);
}

}  // namespace dossier::server
