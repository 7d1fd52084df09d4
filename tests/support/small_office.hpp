// A small company for tests of the office's side: two salespeople, a clerk, a service manager, an
// administrator, two regions, one laptop each. Speaks the domain: `office.ann.sets(acme, …)`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/catalog/organisation.hpp"
#include "common/crypto/random.hpp"

#include "server/office/office.hpp"
#include "server/review/cases.hpp"
#include "tests/support/temp_store.hpp"
#include "tests/support/values.hpp"

namespace dossier::test {

using catalog::field;
using catalog::kCommunication;
using server::Office;

/// A text as a value.
inline Value text(std::string_view words) {
    return std::string(words);
}

class SmallOffice {
  public:
    /// Somebody with a laptop. Each call is one changeset that reached the office.
    struct Person {
        SmallOffice* of;
        UserId user;
        DeviceId device;
        std::uint64_t oseq = 0;
        bool late = false;  ///< his machine was stopped before he wrote

        std::vector<merge::Verdict> pushes(std::vector<merge::Op> ops, Instant at);
        merge::Verdict sets(const RecordId& record,
                            const catalog::Kind& kind,
                            const catalog::Field& wanted,
                            const Value& base,
                            const Value& value,
                            Instant at);
        merge::Verdict sets(const RecordId& customer,
                            std::string_view name,
                            const Value& base,
                            const Value& value,
                            Instant at);
    };

    SmallOffice();

    /// An active customer of `owner`.
    RecordId customer_of(const Person& owner, std::string_view name);
    Value value_of(const RecordId& customer, std::string_view name);
    /// Facets of a record now lying in somebody's own scope.
    std::size_t facets_in_own_scope(const Person& person, const RecordId& record);

    template <class Function>
    auto inside(Function function) {
        people_changed();
        server::Unit unit(*store);
        auto result = function(desk);
        unit.commit();
        return result;
    }

    /// Somebody writes down that he checked the customer by phone.
    void checked_by(Person& person, const RecordId& customer);
    /// The office itself raises or lowers the secrecy level.
    void marks(const RecordId& customer, int level);

    void people_changed() { desk.people().forget(); }

    TempStore store;
    SetClock clock{*instant_from("2026-03-02 09:00")};
    crypto::SeededRandom random{7};
    Office desk{*store, clock, random};
    RecordId east;
    RecordId north;
    RecordId sales;
    Person ann{this, {}, {}};
    Person ben{this, {}, {}};
    Person clerk{this, {}, {}};
    Person manager{this, {}, {}};
    Person admin{this, {}, {}};

  private:
    RecordId make(const catalog::Kind& kind, const GivenFields& given);
    Person hire(std::string_view login,
                std::string_view name,
                std::string_view role,
                const RecordId& region);
};

}  // namespace dossier::test
