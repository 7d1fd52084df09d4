// Of the records of one parent only one has the flag of its kind (`Kind::one_flag`): of two primary
// contacts of a customer the one that became it last stays it, in whatever order the laptops come;
// the other stays a contact. Source: C-37.
#pragma once

#include "server/intake/desk.hpp"

namespace dossier::server {

/// Whether a record that was `before` gets the flag of its kind, or comes to another parent with it
/// or back from a removal.
bool gives_flag(const catalog::Kind& kind, const FieldValues& before, const FieldValues& after);
/// Takes the flag from all below `parent` but the one that got it last, by the office's own word:
/// journaled and given to laptops like any other.
void keep_one_flag(const Desk& desk, const catalog::Kind& kind, const RecordId& parent);
/// Of a record that comes to `parent` with a merge the flag stays behind where one there has it.
void yield_flag(Store& store,
                const catalog::Kind& kind,
                const RecordId& parent,
                FieldValues& values);

}  // namespace dossier::server
