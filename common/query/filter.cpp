#include "common/query/filter.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/structure.hpp"
#include "common/pinyin/fold.hpp"

namespace dossier::query {
namespace {

using catalog::Field;
using catalog::Type;

/// A value as an element of a JSON array writes it.
std::string as_element(const Value& value) {
    if (const auto* text = as_text(value)) return *text;
    return to_text(as_record(value));
}

std::vector<std::string> elements_of(const Value& stored) {
    std::vector<std::string> found;
    for (const std::string& element : catalog::elements(stored))
        found.push_back(catalog::json_text(element).value_or(element));
    return found;
}

bool has_any(const Filter& filter, const Value& stored) {
    if (!holds_many(*filter.field))
        return std::ranges::find(filter.values, stored) != filter.values.end();
    const auto elements = elements_of(stored);
    return std::ranges::any_of(filter.values, [&](const Value& wanted) {
        return std::ranges::find(elements, as_element(wanted)) != elements.end();
    });
}

bool holds_text(const Filter& filter, const Value& stored) {
    const auto* text = as_text(stored);
    const auto* part = as_text(filter.values.front());
    return text != nullptr && part != nullptr &&
           folded_text(*text).find(folded_text(*part)) != std::string::npos;
}

}  // namespace

bool holds_many(const Field& field) {
    return field.type == Type::Set || field.type == Type::List || field.type == Type::RefList;
}

bool can_test(const Field& field, Test test) {
    switch (test) {
        case Test::Less:
        case Test::AtMost:
        case Test::Greater:
        case Test::AtLeast:
            return !holds_many(field) && field.type != Type::Json && field.type != Type::Ref;
        case Test::Contains:
            return field.type == Type::Text || field.type == Type::List;
        case Test::Empty:
        case Test::Filled:
            return true;
        default:
            return field.type != Type::Json;
    }
}

bool passes(const Filter& filter, const Value& stored) {
    const auto ordered = [&](auto holds) {
        return !is_empty(stored) && holds(compare(stored, filter.values.front()));
    };
    switch (filter.test) {
        case Test::Equal:
        case Test::OneOf:
            return !is_empty(stored) && has_any(filter, stored);
        case Test::NotEqual:
        case Test::NoneOf:
            return is_empty(stored) || !has_any(filter, stored);
        case Test::Less:
            return ordered([](auto order) { return order < 0; });
        case Test::AtMost:
            return ordered([](auto order) { return order <= 0; });
        case Test::Greater:
            return ordered([](auto order) { return order > 0; });
        case Test::AtLeast:
            return ordered([](auto order) { return order >= 0; });
        case Test::Contains:
            return holds_text(filter, stored);
        case Test::Empty:
            return is_empty(stored);
        case Test::Filled:
            break;
    }
    return !is_empty(stored);
}

std::strong_ordering compare(const Value& a, const Value& b) {
    if (a.index() != b.index()) return a.index() <=> b.index();
    if (const auto* text = as_text(a)) return text->compare(*as_text(b)) <=> 0;
    if (const auto number = as_number(a)) return *number <=> *as_number(b);
    return as_record(a) <=> as_record(b);
}

std::string folded_text(std::string_view text) {
    std::string out;
    for (const char32_t c : pinyin::folded(text)) pinyin::append_utf8(out, c);
    return out;
}

}  // namespace dossier::query
