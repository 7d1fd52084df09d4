// What bash would offer for the last word of a command line, by a completion script.
#pragma once

#include <string>
#include <vector>

namespace dossier::test {

/// Whether bash takes `script` for well-formed: `bash -n`.
bool bash_accepts(const std::string& script);
/// What `script` offers for the last of `words`, which may be empty; the first is the program.
std::vector<std::string> bash_offers(const std::string& script,
                                     const std::vector<std::string>& words);

}  // namespace dossier::test
