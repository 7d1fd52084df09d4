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

bool is_number(Type type) {
    return type == Type::Int || type == Type::Money || type == Type::BasisPoints ||
           type == Type::Bool;
}

}  // namespace

bool can_add_up(const Field& field) {
    return is_number(field.type);
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

}  // namespace dossier::query
