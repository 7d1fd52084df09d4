// What the office derives after a merge: pinyin, completeness, numbers.
#pragma once

#include "common/base/result.hpp"
#include "common/catalog/completeness.hpp"

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Fills the computed fields of a record from the others and from its file.
void compute(Store& store, const Place& place, FieldValues& values);

/// The fields a customer's file lacks of what the profile demands. Source: domain 2.5.7.
std::vector<catalog::Lacking> missing_in(Store& store,
                                         const Place& place,
                                         const FieldValues& customer,
                                         catalog::Profile profile);

/// A free customer number: KH-{region}-{yyyy}-{seq6}-{check}, check = ISO 7064 MOD 11,10 of the
/// digits. Never reused. Source: R-035, cfg:no.pattern.
std::string next_customer_no(Store& store, const FieldValues& customer, Instant now);

}  // namespace dossier::server
