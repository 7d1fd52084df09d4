// The canonical form of one text and the extra tests of domain 2 (phone, email, check digits …).
#pragma once

#include "common/base/result.hpp"
#include "common/catalog/field.hpp"
#include "common/time/clock.hpp"

namespace dossier::catalog {

/// Texts of up to this many characters are one line: line ends and tabs become a space.
inline constexpr std::uint32_t kOneLineMax = 200;

/// Full-width letters, digits and signs as ASCII: what Chinese input methods make of numbers.
std::string half_width(std::string_view text);

/// One text (of a Text field, or one element of a List) of unknown origin in its canonical form,
/// within the length and the check of `field`. Empty stays empty.
Result<std::string> checked_text(const Field& field, std::string_view raw, Instant now);

}  // namespace dossier::catalog
