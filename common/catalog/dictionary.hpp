// The data dictionary: every field of every kind, for people and for programs. Derived from the
// catalog, so it is never out of date. `dossier schema --format md|json` prints it.
#pragma once

#include <string>

#include "common/catalog/catalog.hpp"
#include "common/catalog/words.hpp"

namespace dossier::catalog {

/// One chapter a kind, one line a field, and the code lists.
std::string dictionary_markdown(Lang lang);
/// {"kinds":[{"name":…,"fields":[{"tag":…,"name":…,…}]}],"schema":…}, keys sorted.
std::string dictionary_json();

/// The letters of domain 2.1 for a set of writers: "O S I".
std::string writer_letters(Writers writers);
/// The code of domain 2.1 for a merge policy: "LW".
std::string_view merge_code(Merge merge);
/// "=", "L0" … "L3".
std::string_view level_code(Level level);
/// "Y", "M", "G" or "N".
std::string_view offline_code(Offline offline);
/// "directory", "main", "personal", "masked", "granted" or "closed".
std::string_view facet_name(Facet facet);

}  // namespace dossier::catalog
