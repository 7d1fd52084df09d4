// The words of the data dictionary: what a field may hold, in one phrase.
#pragma once

#include <string>

#include "common/catalog/field.hpp"

namespace dossier::catalog {

/// "最多 30 字的文本，电话号码" / "text of at most 30 characters, phone number".
std::string type_words(const Field& field, Lang lang);
/// The same in both languages, separated by '/': for messages.
std::string type_words(const Field& field);

}  // namespace dossier::catalog
