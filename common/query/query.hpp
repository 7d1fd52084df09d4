// What a list asks for: which records of one kind, in which order, which page; and what of them is
// counted and added up. Values in, values out: `matches` and `precedes` say in plain code what the
// stores' SQL must give (tests/contract compares the two on drawn questions).
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "common/query/extent.hpp"

namespace dossier::query {

/// Empty values come first, last when descending. Records with equal values follow by id, in the
/// same direction. Without a field by id: in the order in which they were made.
struct Order {
    const catalog::Field* field = nullptr;
    bool descending = false;
};

/// The last record of a page; the next page begins behind it, whatever was added or removed
/// meanwhile.
struct PageKey {
    Value value;  ///< of the order's field; empty without one
    RecordId record;
    bool operator==(const PageKey&) const = default;
};

struct Query {
    const catalog::Kind* kind = nullptr;
    std::vector<Filter> where = {};   ///< all of them hold
    std::vector<Extent> within = {};  ///< all of them reach it (extent.hpp); none = everything
    Order order = {};
    std::optional<PageKey> after = {};
    std::size_t limit = 50;
    bool with_gone = false;  ///< deleted records and those merged into others too
};

/// A record found and the value it was ordered by.
struct Hit {
    RecordId record;
    Value value;

    [[nodiscard]] PageKey key() const { return {value, record}; }
    bool operator==(const Hit&) const = default;
};

/// How many records there are of each combination of values, and sums of whole numbers over them.
struct Fold {
    const catalog::Kind* kind = nullptr;
    std::vector<Filter> where = {};
    std::vector<const catalog::Field*> by = {};    ///< at most kFoldFieldsMax
    std::vector<const catalog::Field*> sums = {};  ///< Int, Money, BasisPoints or Bool
    bool with_gone = false;
};
struct Group {
    std::vector<Value> values;  ///< of Fold::by
    std::uint64_t count = 0;
    std::vector<std::int64_t> sums;  ///< of Fold::sums; an empty value adds nothing
    bool operator==(const Group&) const = default;
};
inline constexpr std::size_t kFoldFieldsMax = 4;

/// Whether the field can be summed: whole numbers, no dates.
bool can_add_up(const catalog::Field& field);

/// Whether a record with these values is asked for: `within` and its page apart.
bool matches(const Query& query, const FieldValues& values);
/// Whether `a` stands before `b` in this order.
bool precedes(const Order& order, const PageKey& a, const PageKey& b);
/// The answer to a fold over records with these values, ascending by the grouped values.
std::vector<Group> folded(const Fold& fold, const std::vector<FieldValues>& records);

}  // namespace dossier::query
