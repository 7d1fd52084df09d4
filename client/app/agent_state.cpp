// How things stand, as pages are told it.
#include "common/catalog/describe.hpp"

#include "client/app/agent.hpp"
#include "client/faults.hpp"

namespace dossier::client {
namespace {

/// Laptops of one office do not all call in the same second.
constexpr std::uint32_t kSpreadS = 600;

std::string_view word(VaultIs vault) {
    return vault == VaultIs::None ? "none" : vault == VaultIs::Locked ? "locked" : "open";
}

action::Json time_or_null(Instant at) {
    return at.ms == 0 ? action::Json(nullptr) : action::Json(iso_utc(at));
}

}  // namespace

/// Reads anew what pages are told; not while somebody else has his turn at the store.
void Agent::look_again() {
    const std::shared_lock held(open_mutex_);
    if (!opened_) return;
    const auto turn = Turn(turns_);
    try {
        look_at(*opened_->store);
    } catch (const std::exception& failure) {
        // A broken disk: the actions say so; what was known stays.
        log_.error("state.failed", {{"why", failure.what()}});
    }
}

void Agent::look_at(Store& store) {
    const auto counts = sync_counts(store);
    auto standing = standing_document(store);
    auto locked = lock_of(store, clock_.now());
    const bool is_indexing = !store.search.is_complete();
    const bool is_wiped = store.lease.lock(clock_.now()) == Lock::Wiped;
    const auto identity = store.meta.identity();
    const auto hour = store.meta.number(kNightHourKey, protocol::kNightHour);
    const std::lock_guard lock(told_mutex_);
    told_.counts = counts;
    told_.standing = std::move(standing);
    facts_.hidden = locked && (locked->is(kLeaseOver) || locked->is(kClockBack));
    told_.lock = std::move(locked);
    told_.is_indexing = is_indexing;
    told_.is_wiped = is_wiped;
    facts_.enrolled = identity.has_value();
    facts_.pending = told_.standing["device_state"] == "pending";
    facts_.night_minute = static_cast<int>(hour) * 60;
    facts_.unsent = counts.unsent + counts.attachments_to_send;
    facts_.last_finished = counts.last_finished;
    facts_.spread_s = identity ? identity->device.bytes.back() * kSpreadS / 256U : 0;
}

SyncFacts Agent::facts() {
    const std::lock_guard lock(told_mutex_);
    return facts_;
}

action::Json Agent::state(Lang lang) {
    const auto is = vault();
    const std::lock_guard lock(told_mutex_);
    const auto now = clock_.now();
    const auto& counts = told_.counts;
    action::Json document{{"vault", word(is)}, {"dir", options_.folder}};
    for (const auto& [key, value] : told_.standing.items()) document[key] = value;
    document["lock"] = nullptr;
    if (told_.lock && is == VaultIs::Open)
        document["lock"] = {{"id", told_.lock->id()},
                            {"message", catalog::describe(*told_.lock, lang)}};
    const auto next = is == VaultIs::Open ? next_sync(facts_, now) : std::nullopt;
    const auto minute = facts_.night_minute;
    const auto digits = [](int number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    document["sync"] = {{"state", sync_state(counts, told_.progress.has_value(), now)},
                        {"office", !told_.was_tried   ? "unknown"
                                   : told_.is_reached ? "reached"
                                                      : "unreachable"},
                        {"unsent", counts.unsent},
                        {"attachments_to_send", counts.attachments_to_send},
                        {"attachments_to_fetch", counts.attachments_to_fetch},
                        {"unread", counts.unread},
                        {"cases", counts.cases},
                        {"oldest_unsent", time_or_null(counts.oldest_unsent)},
                        {"last", time_or_null(counts.last_finished)},
                        {"next_try", next ? action::Json(iso_utc(*next)) : action::Json(nullptr)},
                        {"late_after_days", kLateAfterDays},
                        {"days_without", days_without(counts, now)},
                        {"night", digits(minute / 60) + ":" + digits(minute % 60)},
                        {"progress", told_.progress.value_or(nullptr)},
                        {"error", nullptr},
                        {"answer", nullptr}};
    if (told_.last_sync) {
        const auto last = said(*told_.last_sync, lang);
        document["sync"]["answer"] = action::to_json(last);
        if (last.refusal)
            document["sync"]["error"] = {{"id", last.refusal->id},
                                         {"message", last.refusal->message}};
    }
    document["indexing"] = told_.is_indexing;
    lang_ = lang;
    return document;
}

}  // namespace dossier::client
