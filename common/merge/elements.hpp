// Element-wise merging of sets and lists: what Union and Append do, for `judge` and `overlay`.
// Internal to common/merge.
#pragma once

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"

namespace dossier::merge {

/// True for the types that hold elements.
bool holds_elements(const catalog::Field& field);

/// Equal in meaning: same bytes, or texts of one canonical form; "" means empty.
bool same(const Value& a, const Value& b);

/// `current` plus what `next` added to `base`, minus what it removed from it (nothing is removed
/// under Append). An element the other side changed is another element: its removal by the unaware
/// side has nothing to remove. `base` nullptr = unknown: everything in `next` counts as added.
/// The elements come sorted, so that the order of arrival does not show.
Value united(const catalog::Field& field,
             const Value& current,
             const Value* base,
             const Value& next);

/// `current` in its order, then the elements of `next` that are new, in the order of `next`.
Value appended(const catalog::Field& field, const Value& current, const Value& next);

/// True when both hold the same elements, in whatever order.
bool same_elements(const Value& a, const Value& b);

/// The value under `tag`; the empty value when the list does not speak of it.
const Value& value_or_empty(const FieldValues& values, std::uint16_t tag);

}  // namespace dossier::merge
