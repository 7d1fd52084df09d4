// What a person changed in a record, as ops for the door.
#pragma once

#include <vector>

#include "common/catalog/field.hpp"
#include "common/merge/op.hpp"

namespace dossier::server {

/// Sets fields, an op a group; what is not named stays as it is, what the office holds is the base.
std::vector<merge::Op> set_ops(const catalog::Kind& kind,
                               const RecordId& record,
                               const FieldValues& held,
                               const FieldValues& changed);
/// The same for one field.
merge::Op set_op(const catalog::Kind& kind,
                 const RecordId& record,
                 const FieldValues& held,
                 std::string_view field,
                 const Value& value);

}  // namespace dossier::server
