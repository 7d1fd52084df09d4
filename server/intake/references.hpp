// What the values of an op name must be of the kind their fields point to, and what stands above a
// record must not stand below it.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Refuses values that name a record of a kind their field may not name. For a laptop only where
/// its author may know of that record: one he may not know of is like one that is nowhere, and
/// words that name one may come before it does (C-24).
/// Errors: field.wrong_target.
Status check_references(const Desk& desk,
                        const catalog::Kind& kind,
                        const RecordId& record,
                        const FieldValues& values);

/// Refuses values by which a record would come to stand above itself, as the office has the others
/// now: of two changes made apart that close a circle together, the later is refused.
/// Errors: field.circle.
Status check_tree(const Desk& desk,
                  const catalog::Kind& kind,
                  const RecordId& record,
                  const FieldValues& values);

/// Refuses a value that is none of the list of another record it must be one of.
/// Errors: field.not_among.
Status check_among(const Desk& desk, const catalog::Kind& kind, const FieldValues& whole);

/// Whether the author may know that the record at this place exists.
bool knows_of(const Desk& desk, const Place& place);

/// Whether a link with these values, all it has, joins two records and puts none above itself.
/// Errors: field.itself, field.circle.
Status check_link(const Desk& desk,
                  const catalog::Kind& kind,
                  const RecordId& record,
                  const FieldValues& whole);

}  // namespace dossier::server
