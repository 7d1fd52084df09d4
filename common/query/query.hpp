// What a list asks for: which records of one kind, in which order, which page; and what of them is
// counted and added up. Values in, values out: `matches` and `precedes` say in plain code what the
// stores' SQL must give (tests/contract compares the two on drawn questions).
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "common/base/value.hpp"
#include "common/catalog/catalog.hpp"

namespace dossier::query {

/// How a stored value is held against those of a filter. A field that holds several values (Set,
/// List, RefList) is tested element by element: it is Equal when one of its elements is.
enum class Test : std::uint8_t {
    Equal,
    NotEqual,  ///< an empty value is NotEqual to everything
    Less,      ///< an empty value is never Less, AtMost, Greater or AtLeast
    AtMost,
    Greater,
    AtLeast,
    OneOf,
    NoneOf,
    Contains,  ///< text, both sides folded (pinyin::folded): width, case and traditional forms
    Empty,
    Filled,
};

struct Filter {
    const catalog::Field* field = nullptr;
    Test test = Test::Equal;
    /// One, but none for Empty and Filled and any number for OneOf and NoneOf. For RefList:
    /// the record; else of the field's own type.
    std::vector<Value> values;
};

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
    std::vector<Filter> where = {};  ///< all of them hold
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

/// Whether values of this field can be tested so: no greater than among sets, no sum of dates.
bool can_test(const catalog::Field& field, Test test);
bool can_add_up(const catalog::Field& field);
/// Whether the field holds several values as one JSON array.
bool holds_many(const catalog::Field& field);

/// Whether a stored value passes.
bool passes(const Filter& filter, const Value& stored);
/// Whether a record with these values belongs to the answer, its page apart.
bool matches(const Query& query, const FieldValues& values);
/// Order of stored values: empty, numbers, text by bytes, ids by bytes.
std::strong_ordering compare(const Value& a, const Value& b);
/// Whether `a` stands before `b` in this order.
bool precedes(const Order& order, const PageKey& a, const PageKey& b);
/// The answer to a fold over records with these values, ascending by the grouped values.
std::vector<Group> folded(const Fold& fold, const std::vector<FieldValues>& records);

/// Text as Contains compares it.
std::string folded_text(std::string_view text);

}  // namespace dossier::query
