// Whether a shell left the name of an action or an input where its own words belong.
#pragma once

#include <string_view>

#include "common/base/text.hpp"

namespace dossier::test {

/// In what a program printed, as text or as JSON.
inline bool leaves_unsaid(std::string_view printed) {
    return printed.find("{do:") != std::string_view::npos ||
           printed.find("{in:") != std::string_view::npos ||
           printed.find(kActionBegins) != std::string_view::npos ||
           printed.find("\\u0002") != std::string_view::npos;
}

}  // namespace dossier::test
