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

/// The last day by `by_day` on which a consent to keep the personal data of this contact was
/// withdrawn, where what was withdrawn is not in force again. Those of the contact himself count,
/// and where he gave none for the purpose those of the customer as a whole; `contact` = none for
/// data of the customer himself. Making the file and keeping personal data are two purposes, and
/// what was agreed for one stands in for no other: either that was withdrawn ends the writing. Who
/// withdrew once is asked for evidence: a consent entered since then counts only with some.
/// nullopt where nothing was withdrawn: it is not this rule that asks for a consent.
std::optional<std::string> withdrawn_on(std::span<const FieldValues> all,
                                        const RecordId& contact,
                                        std::string_view by_day);

}  // namespace dossier::rules
