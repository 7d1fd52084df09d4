// Who is the same: whether a row of a list and a record, or two records, speak of one party. Pure,
// so that office and laptop, import and door judge alike.
//
// A number that names one party (customer number, valid unified code, identity number) decides:
// equal ones are one party, two different ones are two, whatever else agrees. A name alone makes
// one of two organisations, but not of two persons: many people are called 张伟.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::rules {

/// Ascending: the greater, the surer it is one.
enum class Sameness : std::uint8_t {
    Other,       ///< another party, or another record
    Unclear,     ///< a person has to look: nothing may be written over the other
    Named,       ///< one by its name, nothing speaks against it
    Identified,  ///< one by a number only it has
};

/// Of two customers: `given` by a row, `held` by a record. The same the other way round but for
/// what `given` leaves out.
Sameness same_party(const FieldValues& given, const FieldValues& held);
/// Of two contacts of one customer: by name with phone or mail; by phone alone where `given` has no
/// name.
Sameness same_contact(const FieldValues& given, const FieldValues& held);
/// Of two records of any kind, below one parent: those two rules for their kinds, else by unique
/// fields, else when everything given is held already.
Sameness same_record(const catalog::Kind& kind, const FieldValues& given, const FieldValues& held);

/// Whether `fields`, set over `held`, put another valid code or identity number in place of one:
/// what no list may do.
bool replaces_identity(const catalog::Kind& kind,
                       const FieldValues& held,
                       const FieldValues& fields);

/// Whether two elements of a list are one: equal, or phones of one line.
bool same_element(const catalog::Field& of, std::string_view a, std::string_view b);

/// Whether both say something, and the same.
inline bool agree(const std::string& a, const std::string& b) {
    return !a.empty() && a == b;
}

/// The numbers in the phones of a contact, as they were written.
std::vector<std::string> phone_numbers_of(const FieldValues& contact);

}  // namespace dossier::rules
