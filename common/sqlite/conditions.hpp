// Tests of common/query as SQL conditions with bound values. For the questions of this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/query/query.hpp"
#include "common/sqlite/connection.hpp"

namespace dossier::sqlite {

std::string in_quotes(std::string_view name);

/// SQL being written, with the values of its marks in order.
struct Words {
    std::string sql;
    std::vector<Value> values;

    std::string mark(Value value) {
        values.push_back(std::move(value));
        return "?" + std::to_string(values.size());
    }
};

/// A statement for one use, its marks filled.
Once ask(Connection& db, const Words& words);

/// Names of tables in a question: the listed one is t, the customer its records belong to f.
inline constexpr std::string_view kListed = "t";
inline constexpr std::string_view kFile = "f";

/// Where records lie: a table with `id`, `kind` and `customer` of each. Empty = nobody asks.
using PlaceTable = std::string_view;

/// Whether `table` passes: one test, several of which all hold, and those of `within`.
std::string condition(Words& words, std::string_view table, const query::Filter& filter);
std::string conditions(Words& words,
                       std::string_view table,
                       const std::vector<query::Filter>& filters);
std::string condition(Words& words,
                      const catalog::Kind& kind,
                      const query::Extent& extent,
                      PlaceTable places);

}  // namespace dossier::sqlite
