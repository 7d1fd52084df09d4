// What a person did, as ops: pure, so that every way of asking (command line, web) makes the same
// ones. The door (intake.hpp) checks and saves them.
#pragma once

#include <vector>

#include "common/catalog/catalog.hpp"
#include "common/merge/op.hpp"

#include "client/store/replica.hpp"

namespace dossier::client {

/// A new record with these values; the id comes from crypto::Ids.
merge::Op new_record(const catalog::Kind& kind, const RecordId& record, FieldValues values);
/// One Set op for each merge group in which `changed` differs from what is seen, with the base as
/// seen; an empty value clears. Fields not named stay. Nothing when nothing differs and no own word
/// waits for the group: then saying what the office holds takes that word back.
std::vector<merge::Op> edit(const catalog::Kind& kind,
                            const RecordId& record,
                            const Seen& seen,
                            const FieldValues& changed);
/// Adds to one field: an element to a set or list, a line to a text (none when it is there).
std::vector<merge::Op> amend(const catalog::Kind& kind,
                             const RecordId& record,
                             const Seen& seen,
                             const catalog::Field& field,
                             const Value& addition);
/// The record is to go.
merge::Op removal(const catalog::Kind& kind, const RecordId& record, const Seen& seen);

}  // namespace dossier::client
