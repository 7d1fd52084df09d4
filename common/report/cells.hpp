// A value of a record as a cell of a report.
#pragma once

#include "common/catalog/canonical.hpp"
#include "common/report/report.hpp"

namespace dossier::report {

/// What people read of it: the label of a code, the record a reference names, a text as it is.
/// Nothing for an empty value.
Cell cell_of(const catalog::Field& field, const Value& value);

}  // namespace dossier::report
