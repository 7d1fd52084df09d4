// Values of a record as a JSON object that goes into a larger one, without a way through text.
#pragma once

#include <nlohmann/json.hpp>

#include "common/catalog/value_json.hpp"

namespace dossier::catalog {

/// What `values_json` writes.
nlohmann::ordered_json values_object(const Kind& kind, const FieldValues& values);

}  // namespace dossier::catalog
