#include "client/cli/gate.hpp"

#include "common/sqlite/read_only.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

bool takes_words(Lock lock) {
    return lock == Lock::LeaseOver || lock == Lock::ClockBack || lock == Lock::Suspended;
}

}  // namespace

Error reason_of(Store& store, Lock lock) {
    switch (lock) {
        case Lock::ClockBack:
            return {&kClockBack, {}};
        case Lock::Suspended:
            return {&kReadingStopped, {}};
        case Lock::Revoked:
            return {&kLaptopRevoked, {}};
        case Lock::Wiping:
        case Lock::Wiped:
            return {&kWiped, {}};
        default:
            break;
    }
    const auto span = store.lease.until().ms - store.meta.number("office_time");
    return {&kLeaseOver, {std::to_string(span / kDayMs)}};
}

Status pass_gate(Context& context) {
    Store& store = *context.store;
    const Instant now = context.clock.now();
    if (!sqlite::is_read_only(store.connection()) && store.lease.is_worth_noting(now)) {
        sqlite::Transaction tx(store.connection());
        store.lease.note(now);
        tx.commit();
    }
    context.lock = store.lease.lock(now);
    if (context.lock == Lock::Open) return {};
    const auto when = context.command->when_locked;
    if (when == WhenLocked::Runs && context.lock != Lock::Wiped) return {};
    if (when == WhenLocked::Records && takes_words(context.lock)) return {};
    return tl::unexpected(reason_of(store, context.lock));
}

}  // namespace dossier::client
