#include "common/merge/elements.hpp"

#include <algorithm>
#include <utility>

#include "common/base/text.hpp"
#include "common/catalog/canonical.hpp"

namespace dossier::merge {
namespace {

using Elements = std::vector<std::string>;

Elements sorted(Elements list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
    return list;
}

bool contains(const Elements& ordered, const std::string& element) {
    return std::binary_search(ordered.begin(), ordered.end(), element);
}

bool is_blank(const Value& value) {
    const auto* text = as_text(value);
    return is_empty(value) || (text != nullptr && text->empty());
}

}  // namespace

bool holds_elements(const catalog::Field& field) {
    return field.type == catalog::Type::Set || field.type == catalog::Type::List ||
           field.type == catalog::Type::RefList;
}

bool same(const Value& a, const Value& b) {
    if (a == b) return true;
    if (is_blank(a) || is_blank(b)) return is_blank(a) && is_blank(b);
    const auto* left = as_text(a);
    const auto* right = as_text(b);
    if (left == nullptr || right == nullptr) return false;
    const auto canonical = canonical_text(*left);
    return canonical.has_value() && canonical == canonical_text(*right);
}

Value united(const catalog::Field& field,
             const Value& current,
             const Value* base,
             const Value& next) {
    const auto before = sorted(base == nullptr ? Elements{} : catalog::elements(*base));
    const auto after = sorted(catalog::elements(next));
    Elements result;
    for (auto& element : catalog::elements(current)) {
        const bool removed = field.merge != catalog::Merge::Append && contains(before, element) &&
                             !contains(after, element);
        if (!removed) result.push_back(std::move(element));
    }
    for (const auto& element : after) {
        if (!contains(before, element)) result.push_back(element);
    }
    return catalog::from_elements(field, sorted(std::move(result)));
}

Value appended(const catalog::Field& field, const Value& current, const Value& next) {
    auto result = catalog::elements(current);
    const auto known = sorted(result);
    for (auto& element : catalog::elements(next)) {
        if (!contains(known, element)) result.push_back(std::move(element));
    }
    return catalog::from_elements(field, std::move(result));
}

bool same_elements(const Value& a, const Value& b) {
    return sorted(catalog::elements(a)) == sorted(catalog::elements(b));
}

const Value& value_or_empty(const FieldValues& values, std::uint16_t tag) {
    static const Value kEmpty;
    const auto* value = find(values, tag);
    return value == nullptr ? kEmpty : *value;
}

}  // namespace dossier::merge
