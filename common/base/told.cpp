#include "common/base/told.hpp"

#include <algorithm>
#include <vector>

#include "common/base/safe_text.hpp"
#include "common/base/text.hpp"

namespace dossier {
namespace {

bool may_name(char c) {
    return (c >= 'a' && c <= 'z') || c == '.' || c == '-';
}

/// The named action that comes next: what stands before it, its name, what comes after.
struct Named {
    std::string_view before;
    std::string_view action;  ///< empty when there is none: all of it stands before
    std::string_view after;
};

Named next_named(std::string_view telling) {
    for (auto begin = telling.find(kActionBegins); begin != std::string_view::npos;
         begin = telling.find(kActionBegins, begin + 1)) {
        const std::string_view rest = telling.substr(begin + 1);
        const auto end = std::ranges::find_if_not(rest, may_name) - rest.begin();
        const auto size = static_cast<std::size_t>(end);
        if (size > 0 && size < rest.size() && rest[size] == kActionEnds)
            return {telling.substr(0, begin), rest.substr(0, size), rest.substr(size + 1)};
    }
    return {telling, {}, {}};
}

std::string safe_line(std::string_view telling) {
    std::string safe;
    while (true) {
        const auto [before, action, after] = next_named(telling);
        safe += safe_text(before);
        if (action.empty()) return safe;
        safe.append(1, kActionBegins).append(action).append(1, kActionEnds);
        telling = after;
    }
}

}  // namespace

std::string told(std::string_view pattern, std::span<const std::string> args) {
    std::vector<std::string> safe;
    safe.reserve(args.size());
    for (const std::string& arg : args) safe.push_back(safe_line(arg));
    return fill(pattern, safe);
}

std::string say_actions(std::string_view telling, const ActionWords& words) {
    std::string said;
    while (true) {
        const auto [before, action, after] = next_named(telling);
        said += before;
        if (action.empty()) return said;
        said += words(action);
        telling = after;
    }
}

std::string plain_name(std::string_view action) {
    std::string name(action);
    std::ranges::replace(name, '.', ' ');
    return name;
}

}  // namespace dossier
