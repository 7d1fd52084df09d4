// What a customer agreed to, on a day. Pure, so that door, gates and completeness judge alike.
// Source, D-17, C-32.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/value.hpp"

namespace dossier::rules {

/// Whether one of these consents was given by that day ("YYYY-MM-DD"), is still valid and not yet
/// withdrawn. The last day of its term counts, the day of its withdrawal does not.
bool has_consent(std::span<const FieldValues> consents, std::string_view on_day);

/// The day a consent was withdrawn, the last one by that day, where none is in force any more.
/// nullopt where one is, and where none was ever withdrawn: nothing was said then, and it is not
/// this rule that asks for a consent.
std::optional<std::string> withdrawn_on(std::span<const FieldValues> consents,
                                        std::string_view by_day);

/// Of a customer's consents those that speak of the personal data of this contact: his own, or
/// where he gave none those of the customer as a whole. `contact` = none for data of the customer
/// himself. What was agreed to alone for giving data to others says nothing of keeping them.
std::vector<FieldValues> consents_about(std::span<const FieldValues> all, const RecordId& contact);

}  // namespace dossier::rules
