#include "server/accounts/attempts.hpp"

#include <algorithm>

#include <arpa/inet.h>

namespace dossier::server {
namespace {

/// Tries that wait for nothing: who mistypes, and a building behind one address.
std::uint64_t free_tries(CountedBy by) {
    switch (by) {
        case CountedBy::Both:
            return 3;
        case CountedBy::Person:
            return 6;
        case CountedBy::Address:
            break;
    }
    return 20;
}

/// An IPv6 network of 64 bits is one machine's; anything else stands for itself.
std::string network_of(std::string_view address) {
    std::array<std::uint8_t, 16> bytes{};
    const std::string text(address);
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return text;
    return to_hex(ByteView(bytes).first(8));
}

AttemptRow row_of(Store& store, CountedBy by, std::string_view login, std::string_view address) {
    const auto which = static_cast<std::uint8_t>(by);
    const std::string_view person = by == CountedBy::Address ? "" : login;
    const std::string place = by == CountedBy::Person ? "" : network_of(address);
    const auto size = static_cast<std::uint8_t>(std::min<std::size_t>(person.size(), 255));
    const Digest of = crypto::blake2b({bytes_of("dossier sign-in attempts"),
                                       {&which, 1},
                                       {&size, 1},
                                       bytes_of(person),
                                       bytes_of(place)});
    return store.attempt(of).value_or(AttemptRow{.of = of});
}

}  // namespace

std::chrono::seconds wait_after(CountedBy by, std::uint64_t failures) {
    const std::uint64_t free = free_tries(by);
    if (failures < free) return std::chrono::seconds(0);
    constexpr std::uint64_t kDoublings = 16;
    const auto seconds = std::int64_t{1} << std::min(failures - free, kDoublings);
    return std::min(std::chrono::seconds(seconds), kWaitMax);
}

Attempts::Attempts(Office& office, std::string_view login, std::string_view address)
    : office_(office),
      rows_{row_of(office.store(), CountedBy::Both, login, address),
            row_of(office.store(), CountedBy::Person, login, address),
            row_of(office.store(), CountedBy::Address, login, address)} {
    const Instant now = office.now();
    for (AttemptRow& row : rows_) {
        if (merge::age(row.last_at, now) > kFailuresKept) row.failures = 0;
    }
}

std::chrono::seconds Attempts::wait() const {
    const Instant now = office_.now();
    const Instant welcome = of(CountedBy::Both).welcome_at;
    const bool is_known = welcome.ms != 0 && merge::age(welcome, now) < kWelcomeKept;
    std::chrono::seconds longest{0};
    for (const CountedBy by : kCountedBy) {
        if (is_known && by != CountedBy::Both) continue;
        const auto wait = wait_after(by, of(by).failures);
        const auto passed = merge::age(of(by).last_at, now);
        if (passed < wait)
            longest = std::max(longest, std::chrono::ceil<std::chrono::seconds>(wait - passed));
    }
    return longest;
}

void Attempts::count() {
    for (AttemptRow& row : rows_) {
        ++row.failures;
        row.last_at = office_.now();
    }
    save();
}

void Attempts::take_back() {
    for (AttemptRow& row : rows_) row.failures -= row.failures > 0 ? 1 : 0;
    save();
}

void Attempts::welcome() {
    take_back();
    of(CountedBy::Both).failures = 0;
    of(CountedBy::Person).failures = 0;
    of(CountedBy::Both).welcome_at = office_.now();
    save();
    office_.store().forget_attempts(office_.now().plus(-std::chrono::milliseconds(kFailuresKept)),
                                    office_.now().plus(-std::chrono::milliseconds(kWelcomeKept)));
}

void Attempts::save() {
    for (const AttemptRow& row : rows_) office_.store().save_attempt(row);
}

}  // namespace dossier::server
