// Values of a record as JSON and back: for cases, proposals, `--json` output and reports.
#pragma once

#include <string>

#include "common/base/result.hpp"
#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::catalog {

/// {"field": value, …} in tag order of the record: numbers as numbers, references as UUID text,
/// sets, lists and structures as themselves, empty fields left out. Unknown tags as "#tag".
std::string values_json(const Kind& kind, const FieldValues& values);
/// Errors: field.malformed for anything `values_json` of this kind would not have written.
Result<FieldValues> values_from_json(const Kind& kind, std::string_view json);

}  // namespace dossier::catalog
