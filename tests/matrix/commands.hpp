// Each command of dossierd as somebody would type it, around one of everything.
#pragma once

#include "tests/matrix/matters.hpp"

namespace dossier::test {

/// What is typed after the words of the command, by the name of the argument.
using Typed = std::map<std::string, std::vector<std::string>, std::less<>>;

/// By the words of the command; all that take an actor.
std::map<std::string, Typed, std::less<>> typed_commands(const Matters& matters,
                                                         const std::string& folder);

}  // namespace dossier::test
