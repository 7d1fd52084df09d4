#include "common/catalog/close.hpp"

#include <algorithm>
#include <vector>

#include "common/base/reason.hpp"
#include "common/base/text.hpp"

namespace dossier::catalog {
namespace {

constexpr std::size_t kShown = 6;
/// Letters of a name that are enough to be alike.
constexpr std::size_t kAlike = 3;

/// How many characters of what was typed stand in the label.
std::size_t shared(std::string_view typed, std::string_view label) {
    std::size_t count = 0;
    while (!typed.empty()) {
        const auto next = head(typed, 1);
        if (next.empty()) break;
        count += static_cast<unsigned char>(next.front()) >= 0x80 &&
                         label.find(next) != std::string_view::npos
                     ? 1U
                     : 0U;
        typed.remove_prefix(next.size());
    }
    return count;
}

/// 0 = not alike.
std::size_t likeness(const Field& field, std::string_view typed) {
    const auto beginning = typed.substr(0, kAlike);
    const bool named = beginning.size() == kAlike && is_utf8(beginning) &&
                       field.name.find(beginning) != std::string_view::npos;
    return (named ? 1U : 0U) + shared(typed, field.label.zh);
}

}  // namespace

std::string close_fields(const Kind& kind, std::string_view typed) {
    std::vector<const Field*> fields;
    for (const Field& field : kind.fields) {
        if (!is_server_set(field)) fields.push_back(&field);
    }
    std::ranges::stable_sort(fields, [&](const Field* a, const Field* b) {
        return likeness(*a, typed) > likeness(*b, typed);
    });
    const bool any = !fields.empty() && likeness(*fields.front(), typed) > 0;
    std::string names;
    for (std::size_t at = 0; at < std::min(kShown, fields.size()); ++at) {
        if (any && likeness(*fields[at], typed) == 0) break;
        names += (names.empty() ? "" : ", ") + std::string(fields[at]->name) + '(' +
                 pair_of(fields[at]->label) + ')';
    }
    return names;
}

}  // namespace dossier::catalog
