#include "client/reading/locked.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

constexpr std::int64_t kDayMs = 24LL * 60 * 60 * 1000;

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

}  // namespace dossier::client
