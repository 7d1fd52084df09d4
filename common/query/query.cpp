#include "common/query/query.hpp"

#include <algorithm>
#include <map>

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

bool is_number(Type type) {
    return type == Type::Int || type == Type::Money || type == Type::BasisPoints ||
           type == Type::Bool;
}

}  // namespace

bool holds_many(const Field& field) {
    return field.type == Type::Set || field.type == Type::List || field.type == Type::RefList;
}

bool can_add_up(const Field& field) {
    return is_number(field.type);
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

bool matches(const Query& query, const FieldValues& values) {
    const auto value_of = [&](std::uint16_t tag) {
        const Value* value = find(values, tag);
        return value == nullptr ? Value{} : *value;
    };
    const bool gone =
        !is_empty(value_of(catalog::kDeletedAt)) || !is_empty(value_of(catalog::kMergedInto));
    if (gone && !query.with_gone) return false;
    return std::ranges::all_of(query.where, [&](const Filter& filter) {
        return passes(filter, value_of(filter.field->tag));
    });
}

std::strong_ordering compare(const Value& a, const Value& b) {
    if (a.index() != b.index()) return a.index() <=> b.index();
    if (const auto* text = as_text(a)) return text->compare(*as_text(b)) <=> 0;
    if (const auto number = as_number(a)) return *number <=> *as_number(b);
    return as_record(a) <=> as_record(b);
}

bool precedes(const Order& order, const PageKey& a, const PageKey& b) {
    auto by_value = compare(a.value, b.value);
    if (by_value == 0) by_value = a.record <=> b.record;
    return order.descending ? by_value > 0 : by_value < 0;
}

std::vector<Group> folded(const Fold& fold, const std::vector<FieldValues>& records) {
    const auto less = [](const std::vector<Value>& a, const std::vector<Value>& b) {
        return std::ranges::lexicographical_compare(
            a, b, [](const Value& x, const Value& y) { return compare(x, y) < 0; });
    };
    std::map<std::vector<Value>, Group, decltype(less)> groups(less);
    const Query all{.kind = fold.kind, .where = fold.where, .with_gone = fold.with_gone};
    for (const FieldValues& values : records) {
        if (!matches(all, values)) continue;
        std::vector<Value> key;
        for (const Field* field : fold.by) {
            const Value* value = find(values, field->tag);
            key.push_back(value == nullptr ? Value{} : *value);
        }
        Group& group = groups[key];
        group.values = key;
        group.sums.resize(fold.sums.size());
        ++group.count;
        for (std::size_t at = 0; at < fold.sums.size(); ++at)
            group.sums[at] += number_in(values, fold.sums[at]->tag);
    }
    std::vector<Group> answer;
    for (auto& [key, group] : groups) answer.push_back(std::move(group));
    return answer;
}

std::string folded_text(std::string_view text) {
    std::string out;
    for (const char32_t c : pinyin::folded(text)) pinyin::append_utf8(out, c);
    return out;
}

}  // namespace dossier::query
