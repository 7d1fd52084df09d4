#include "common/base/told.hpp"

#include <algorithm>
#include <vector>

#include "common/base/safe_text.hpp"
#include "common/base/text.hpp"

namespace dossier {
namespace {

constexpr std::string_view kInput = "in:";

bool may_name_action(char c) {
    return (c >= 'a' && c <= 'z') || c == '.' || c == '-';
}

bool may_name_input(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

/// How many characters at the head of `rest` are a name; 0 = none.
std::size_t name_size(std::string_view rest) {
    const bool is_input = rest.starts_with(kInput);
    const std::size_t from = is_input ? kInput.size() : 0;
    bool (*const may)(char) = is_input ? &may_name_input : &may_name_action;
    const auto key = rest.substr(from);
    const auto size = static_cast<std::size_t>(std::ranges::find_if_not(key, may) - key.begin());
    return size == 0 ? 0 : from + size;
}

/// The named action or input that comes next: what stands before it, its name, what comes after.
struct Named {
    std::string_view before;
    std::string_view action;  ///< empty when there is none: all of it stands before
    std::string_view after;
};

Named next_named(std::string_view telling) {
    for (auto begin = telling.find(kActionBegins); begin != std::string_view::npos;
         begin = telling.find(kActionBegins, begin + 1)) {
        const std::string_view rest = telling.substr(begin + 1);
        const auto size = name_size(rest);
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

std::string named_input(std::string_view key) {
    std::string name(1, kActionBegins);
    return name.append(kInput).append(key).append(1, kActionEnds);
}

std::string_view input_key_in(std::string_view name) {
    return name.starts_with(kInput) ? name.substr(kInput.size()) : std::string_view();
}

std::string plain_name(std::string_view action) {
    if (const auto key = input_key_in(action); !key.empty()) return std::string(key);
    std::string name(action);
    std::ranges::replace(name, '.', ' ');
    return name;
}

}  // namespace dossier
