// How values of a record are tested: what `passes` says in plain code the stores' SQL must give.
#pragma once

#include <compare>
#include <string>
#include <string_view>
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

/// Whether values of this field can be tested so: no greater than among sets.
bool can_test(const catalog::Field& field, Test test);
/// Whether the field holds several values as one JSON array.
bool holds_many(const catalog::Field& field);
/// Whether a stored value passes.
bool passes(const Filter& filter, const Value& stored);
/// Order of stored values: empty, numbers, text by bytes, ids by bytes.
std::strong_ordering compare(const Value& a, const Value& b);
/// Text as Contains compares it.
std::string folded_text(std::string_view text);

}  // namespace dossier::query
