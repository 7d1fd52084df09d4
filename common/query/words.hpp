// Filters, orders and page keys as people type them and as links carry them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/query/query.hpp"

namespace dossier::query {

inline constexpr std::size_t kFiltersMax = 20;
inline constexpr std::size_t kFilterCharactersMax = 500;
inline constexpr std::size_t kFilterValuesMax = 100;
inline constexpr std::size_t kLimitMax = 100'000;

/// How a typed value of a field is understood; a reference by its name or number as well.
using ReadValue = std::function<Result<Value>(const catalog::Field&, std::string_view)>;

/// `field=value` and its like, field by name, label or alias: = != >= <= > < ~; an empty value
/// asks for empty fields (!= for filled ones), `a..b` for a range (both ends included, each may be
/// left out), `a|b` for one of several.
/// Errors: query.unknown_field, not_a_filter, wrong_test, too_much and those of `read`.
Result<std::vector<Filter>> filters_from(const catalog::Kind& kind,
                                         const std::vector<std::string>& typed,
                                         const ReadValue& read);
/// "field" or "-field" for descending. Errors: query.unknown_field, wrong_test.
Result<Order> order_from(const catalog::Kind& kind, std::string_view typed);
/// Errors: query.wrong_limit.
Result<std::size_t> limit_from(std::uint64_t asked);

/// A page key as one word of letters, digits, '-' and '_', good for this query alone.
std::string to_word(const Query& query, const PageKey& key);
/// Errors: query.wrong_page for anything else, keys of other kinds, orders and filters included.
Result<PageKey> page_from(const Query& query, std::string_view word);

}  // namespace dossier::query
