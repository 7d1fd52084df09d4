// Canonical values of any field, made by RapidCheck from the field's own description.
#pragma once

#include <rapidcheck.h>

#include "common/catalog/canonical.hpp"

namespace dossier::catalog {

/// The moment all tests of this folder live in: 2026-09-21 in office time.
inline constexpr Instant kTestNow{1'790'000'000'000};

/// A filled value `validate` takes as it is and `display` can show without loss.
rc::Gen<Value> sample(const Field& field);
/// Samples of some of the fields of a kind.
rc::Gen<FieldValues> sample_record(const Kind& kind);

}  // namespace dossier::catalog
