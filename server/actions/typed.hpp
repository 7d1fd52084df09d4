// From what was said about the fields of a record to their values.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// The values said as inputs of the kind's fields, by `set` (FIELD=VALUE) and by `clear`; elements
/// by `add` and `remove` over those of `held`. `file` is whose people and papers are meant.
/// Errors: cli.not_assignment, cli.field_twice, sheet.unknown_field, those of `read_reference` and
/// of `catalog::read_into`.
Result<FieldValues> typed_values(Context& context,
                                 const catalog::Kind& kind,
                                 const FieldValues& held,
                                 const RecordId& file);

}  // namespace dossier::server
