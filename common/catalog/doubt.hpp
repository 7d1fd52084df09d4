// Values that are kept although their check fails: people have them on paper, and a code that does
// not fit is better kept, marked and looked at than lost. The mark is no field: it follows from the
// value, on both sides alike.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "common/base/text.hpp"
#include "common/base/value.hpp"
#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// Every phrase of `doubt`.
std::span<const Text> doubts();
/// `shown` without the mark of `display` behind it.
std::string_view without_doubt(std::string_view shown);
/// Letters and digits of a unified credit code as typed: upper case, half width, without what
/// people set between them and without the mark of `display`.
std::string bare_code(std::string_view typed);
/// Whether something is a code at all, though perhaps not a right one: 6 to 18 letters, digits and
/// the stars of a masked code.
bool may_be_code(std::string_view bare);
/// Why a stored value is not verified: shown behind it as （未核：…). nullopt for a value whose
/// check fits and for fields that keep none other. Such a value is no identity: it matches nobody.
std::optional<Text> doubt(const Field& field, const Value& value);

}  // namespace dossier::catalog
