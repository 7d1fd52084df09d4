// What a request is about: the path and the query of its target, decoded. Strict: what two readers
// could take for different things is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::http {

struct Target {
    std::string path;  ///< decoded UTF-8, begins with '/'; no control character, no "." or ".."
    std::vector<std::pair<std::string, std::string>>
        query;  ///< decoded UTF-8, in the order written

    /// The first value of that name; nothing when there is none. Valid as long as it is.
    [[nodiscard]] const std::string* asked(std::string_view name) const;
};

/// "/a/b?c=d&e" of a request line: '+' of a query is a space, a name without '=' has an empty
/// value. Errors: nullopt for one that does not begin with '/', holds a '#', a '%' without two
/// digits, a NUL, bytes that are not UTF-8, and in its path also for a control character, an
/// encoded '/' or '\', and a segment "." or "..".
std::optional<Target> parse_target(std::string_view target);

}  // namespace dossier::http
