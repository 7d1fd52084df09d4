// An office with two regions, an administrator, three salespeople and a manager, made through its
// own door; and the words to change it. For tests of what laptops get and bring.
#pragma once

#include <string>
#include <string_view>

#include "common/catalog/organisation.hpp"

#include "server/accounts/devices.hpp"
#include "server/accounts/invites.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/values.hpp"

namespace dossier::test {

class PeopledOffice {
  public:
    /// Offices of different seeds have different keys.
    explicit PeopledOffice(std::uint64_t seed = 42, Kept how = Kept::Plain);

    /// A new record made by the office itself; fails the test when the door refuses.
    RecordId make(const catalog::Kind& kind, const FieldValues& values);
    /// Sets one field as `actor` (none = the office itself), with the current value as its base.
    Status set(const UserId& actor,
               const catalog::Kind& kind,
               const RecordId& record,
               std::string_view name,
               Value value);
    /// An active customer of this owner.
    RecordId customer(const UserId& owner, std::string_view name, int level = 1);
    /// Hands a customer to another owner.
    void transfer(const RecordId& customer, const UserId& to);
    UserId user(std::string_view login, const RecordId& region, std::string_view role);
    /// A device of the user in this state, with a key pair of its own seed.
    server::DeviceRow device(const UserId& user,
                             protocol::DeviceState state,
                             const std::array<std::uint8_t, 32>& public_key);
    /// The office's value of a field; empty when there is none.
    Value value(const catalog::Kind& kind, const RecordId& record, std::string_view name);

    // 2026-03-02 10:00 in office time.
    SetClock clock{{1'772'416'800'000}};
    crypto::SeededRandom random;
    TempStore store;
    server::Office office{*store, clock, random};
    RecordId east, west, department;
    UserId admin, ann, ben, cai;
};

/// How many visits the office holds.
std::uint64_t visits(PeopledOffice& office);

}  // namespace dossier::test
