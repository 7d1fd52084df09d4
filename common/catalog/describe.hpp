// An error as a person reads it. Its arguments know no language: labels and phrases of the catalog,
// and reasons of the operating system, stand in them in both ("传真/Fax").
#pragma once

#include <string>

#include "common/base/result.hpp"

namespace dossier::catalog {

/// `dossier::describe`, with each pair in `error.args` shown in the asked language alone.
std::string describe(const Error& error, Lang lang);
/// `arg` with each pair it is made of replaced by the half in `lang`; anything else stays.
std::string in_language(const std::string& arg, Lang lang);

}  // namespace dossier::catalog
