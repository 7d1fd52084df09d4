#include "client/actions/standing.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/states.hpp"

#include "protocol/messages.hpp"

#include "client/actions/connect.hpp"
#include "client/reading/locked.hpp"

namespace dossier::client {
namespace {

constexpr std::chrono::hours kDaySpan{24};

std::string_view word(std::uint8_t state) {
    using protocol::DeviceState;
    switch (static_cast<DeviceState>(state)) {
        case DeviceState::Pending:
            return "pending";
        case DeviceState::Active:
            return "approved";
        case DeviceState::Suspended:
            return "suspended";
        case DeviceState::Revoked:
            return "revoked";
        case DeviceState::Lost:
            return "lost";
    }
    return "none";
}

}  // namespace

std::set<std::uint64_t> open_cases(Store& store) {
    using catalog::kCase;
    Query query{.kind = &kCase};
    query.where = {{catalog::field(kCase, "state").tag, std::string(catalog::CaseState::kOpen)}};
    std::set<std::uint64_t> numbers;
    for (const RecordId& id : store.replica.select(query)) {
        const auto values = store.replica.office_values(kCase, id, catalog::Facet::Main);
        numbers.insert(
            static_cast<std::uint64_t>(number_in(values, catalog::field(kCase, "number"))));
    }
    return numbers;
}

std::string_view sync_state(const SyncCounts& counts, bool is_syncing, Instant now) {
    if (is_syncing) return "syncing";
    if (counts.unread + counts.cases > 0) return "attention";
    if (counts.last_finished.ms == 0) return "never";
    if (counts.last_finished.plus(kDaySpan * kLateAfterDays) < now) return "late";
    return counts.unsent + counts.attachments_to_send > 0 ? "waiting" : "synced";
}

std::int64_t days_without(const SyncCounts& counts, Instant now) {
    if (counts.last_finished.ms == 0) return 0;
    const auto span = now.ms - counts.last_finished.ms;
    return std::max(std::int64_t{0}, span / std::chrono::milliseconds(kDaySpan).count());
}

SyncCounts sync_counts(Store& store) {
    SyncCounts counts;
    counts.unsent = store.outbox.unsent_count();
    counts.attachments_to_send = store.attachments.upload_count();
    counts.attachments_to_fetch = store.attachments.missing_count();
    const auto cases = open_cases(store);
    const auto in_cases = store.tray.unread_in_cases();
    counts.cases = cases.size();
    counts.unread = store.tray.unread_count() -
                    static_cast<std::uint64_t>(std::ranges::count_if(
                        in_cases, [&](std::uint64_t number) { return cases.contains(number); }));
    counts.oldest_unsent = store.outbox.oldest_unsent().value_or(Instant{});
    counts.last_finished = store.last_finished();
    return counts;
}

action::Json standing_document(Store& store) {
    action::Json document{{"device", ""},
                          {"user", ""},
                          {"user_id", ""},
                          {"server", ""},
                          {"fingerprint", ""},
                          {"device_state", "none"},
                          {"readable_until", nullptr}};
    if (const auto identity = store.meta.identity()) {
        document["device"] = identity->device_code;
        document["user"] = identity->user_name;
        document["user_id"] = to_text(identity->user);
        document["server"] = identity->server_address;
        document["fingerprint"] = own_fingerprint(store);
        document["device_state"] = word(identity->device_state);
    }
    if (store.lease.until().ms != 0) document["readable_until"] = iso_utc(store.lease.until());
    document["customers"] = store.replica.count(catalog::kCustomer);
    return document;
}

std::optional<Error> lock_of(Store& store, Instant now) {
    const Lock lock = store.lease.lock(now);
    if (lock == Lock::Open) return std::nullopt;
    return reason_of(store, lock);
}

}  // namespace dossier::client
