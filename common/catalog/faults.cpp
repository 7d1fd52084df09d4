#include "common/catalog/faults.hpp"

#include <array>

#include "common/base/reason.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/wrong.hpp"

namespace dossier::catalog {

std::string label_of(const Field& field) {
    return pair_of(field.label);
}

std::string shortened(std::string_view value) {
    static constexpr std::size_t kShown = 40;
    const std::string_view shown = head(value, kShown);
    std::string text(shown);
    if (!is_utf8(text) || has_forbidden_character(text)) {
        for (char& c : text) {
            if (c < ' ' || c > '~') c = '?';
        }
    }
    return shown.size() < value.size() ? text + "…" : text;
}

std::span<const Fault* const> faults() {
    static constexpr std::array kAll{
        &kWrongType,     &kTooLong,       &kTooMany,       &kForbiddenCharacter,
        &kOutOfRange,    &kUnknownChoice, &kBadCheckDigit, &kBadPhone,
        &kBadEmail,      &kBadCountry,    &kBadDivision,   &kBadProvince,
        &kBadGeo,        &kBadDate,       &kBadTime,       &kInFuture,
        &kBadNumber,     &kBadYesNo,      &kBadReference,  &kMalformed,
        &kBadShares,     &kBadPeriod,     &kBadPublicKey,  &kBadFileName,
        &kBadContentId,  &kRequired,      &kRequiredWhen,  &kWrongOrder,
        &kExactlyOne,    &kTooFar,        &kUnknownField,  &kMalformedEncoding,
        &kManyDivisions, &kWrongTarget,   &kBadCode,       &kBadIdentity,
        &kOneOfTwo,      &kCircle,        &kItself,        &kNotAmong};
    return kAll;
}

}  // namespace dossier::catalog
