// How the checks of this folder say what is wrong: label in both languages, the value, the limits.
#pragma once

#include <string>

#include "common/catalog/faults.hpp"
#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// "传真/Fax": the label of a field in both languages.
std::string label_of(const Field& field);
/// At most 40 characters of a value a message may quote; broken bytes become "?".
std::string shortened(std::string_view value);

/// The failure of one value of one field; `more` are the limits the remedy of `fault` names.
template <class... More>
tl::unexpected<Error> wrong(const Fault& fault,
                            const Field& field,
                            std::string_view value,
                            More&&... more) {
    return fail(fault, label_of(field), shortened(value), std::forward<More>(more)...);
}

}  // namespace dossier::catalog
