// What the office derives after a merge: pinyin, completeness, numbers, uniqueness.
#pragma once

#include "common/base/result.hpp"
#include "common/catalog/completeness.hpp"

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Fills the computed fields of a record from the others and from its file.
void compute(Store& store, const Place& place, FieldValues& values);

/// The fields a customer's file lacks of what the profile demands. Source: domain 2.5.7.
std::vector<const catalog::Field*> missing_in(Store& store,
                                              const Place& place,
                                              const FieldValues& customer,
                                              catalog::Profile profile);

/// A free customer number: KH-{region}-{yyyy}-{seq6}-{check}, check = ISO 7064 MOD 11,10 of the
/// digits. Never reused. Source: R-035, cfg:no.pattern.
std::string next_customer_no(Store& store, const FieldValues& customer, Instant now);

/// Fields only one record may hold, where two would make the office ambiguous: numbers, logins,
/// codes. Real-world identifiers (a unified code typed on two laptops) are a matter for the
/// duplicate check, not a reason to refuse work. Errors: kHeldBy with the name of the record that
/// has the value, where the author may see both; kNotUnique else.
Status check_unique(const Desk& desk, const Place& place, const FieldValues& values);

}  // namespace dossier::server
