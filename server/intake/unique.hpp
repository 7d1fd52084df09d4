// What only one record may have: company-wide values of fields, and what identifies a record of
// which there is only one.
#pragma once

#include "common/base/result.hpp"

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Fields only one record may hold, where two would make the office ambiguous: numbers, logins,
/// codes. Asked of every value that is written, new or changed; records that were removed or merged
/// hold none. Real-world identifiers (a unified code typed on two laptops) are a matter for the
/// duplicate check, not a reason to refuse work. Errors: kHeldBy with the name of the record that
/// has the value, where the author may see both; kNotUnique else.
Status check_unique(const Desk& desk, const Place& place, const FieldValues& values);
/// Whether there is another record with the identifying values of a new one (merge/derived_id.hpp),
/// by whatever name: one that an older program made, or that came here with a merged file. Errors:
/// intake.one_only.
Status check_only(const Desk& desk, const Place& place, const FieldValues& values);

}  // namespace dossier::server
