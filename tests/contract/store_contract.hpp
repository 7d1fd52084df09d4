// What every store of the office must hold to. The cases know `Store` alone; one executable an
// implementation links them with that implementation's `make_office`.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/crypto/random.hpp"

#include "server/store/store.hpp"

namespace dossier::server::contract {

using catalog::kContact;
using catalog::kCustomer;

/// One store under test.
class Office {
  public:
    Office() = default;
    Office(const Office&) = delete;
    Office& operator=(const Office&) = delete;
    virtual ~Office() = default;
    virtual Store& store() = 0;
    /// Closes the store as a crash would, an open unit of work included, and opens it again.
    virtual void reopen() = 0;
    /// A path in which nothing is yet, for a backup, and the store that lies at it afterwards.
    virtual std::string new_folder() = 0;
    virtual std::unique_ptr<Store> open_backup(const std::string& folder) = 0;
};

/// A fresh, empty store of the implementation this executable tests.
std::unique_ptr<Office> make_office();

/// Ends the open unit, also when an assertion leaves the run early.
struct AtEnd {
    Office& office;
    ~AtEnd() { office.store().rollback(); }
};

/// Values of one kind by field name, in tag order.
FieldValues values(const catalog::Kind& kind,
                   std::initializer_list<std::pair<std::string_view, Value>> fields);
std::uint16_t tag(const catalog::Kind& kind, std::string_view field);

/// Identities in creation order and bytes nobody chose, the same in every run.
RecordId record(std::uint64_t number);
Digest digest(std::uint64_t number);

/// Saves a customer with its place, facets of version 1 with true hashes, and its journal line:
/// what the door writes of a new file.
Place add_customer(Store& store, std::uint64_t number, const FieldValues& fields);

inline Scope own(std::uint64_t user) {
    return {access::ScopeSort::Own, record(user)};
}

}  // namespace dossier::server::contract
