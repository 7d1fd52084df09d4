// Of the records of one parent only one has the flag of its kind (`Kind::one_flag`): of two primary
// contacts of a customer the one that became it last stays it, in whatever order the laptops come;
// the other stays a contact. Of a kind that hangs on nothing one of all has it: the department that
// keeps the files. Source: C-37, R-010.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// What a record of the kind hangs on; none where its kind hangs on nothing.
RecordId parent_of(const catalog::Kind& kind, const FieldValues& values);
/// Whether a record that was `before` gets the flag of its kind, or comes to another parent with it
/// or back from a removal.
bool gives_flag(const catalog::Kind& kind, const FieldValues& before, const FieldValues& after);
/// Takes the flag from all below `parent` but the one that got it last, by the office's own word:
/// journaled and given to laptops like any other.
void keep_one_flag(const Desk& desk, const catalog::Kind& kind, const RecordId& parent);
/// The first record of a kind one of whose always has the flag gets it. Source: R-010.
void keep_flag(const Desk& desk, const catalog::Kind& kind, FieldValues& values);
/// Whether the record may be so: a flag that stays is given to another, not laid down.
/// Errors: intake.flag_stays.
Status check_flag(const Desk& desk,
                  const catalog::Kind& kind,
                  const FieldValues& before,
                  const FieldValues& after);
/// Of a record that comes to `parent` with a merge the flag stays behind where one there has it.
void yield_flag(Store& store,
                const catalog::Kind& kind,
                const RecordId& parent,
                FieldValues& values);

}  // namespace dossier::server
