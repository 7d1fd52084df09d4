// Filters, orders and page keys as people type them and as links carry them.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "common/query/query.hpp"
#include "common/time/clock.hpp"

namespace dossier::query {

inline constexpr std::size_t kFiltersMax = 20;
inline constexpr std::size_t kFilterCharactersMax = 500;
inline constexpr std::size_t kFilterValuesMax = 100;
inline constexpr std::size_t kLimitMax = 100'000;

/// How the reference somebody typed is found: by name, number or id.
using ReadReference = std::function<Result<Value>(const catalog::Field&, std::string_view)>;

/// `field=value` and its like, field by name, label or alias: = != >= <= > < ~; an empty value
/// asks for empty fields (!= for filled ones), `a..b` for a range (both ends included, each may be
/// left out), `a|b` for one of several. A day, or a minute, asked of an instant means all of it
/// (`catalog::parse_asked`).
/// Errors: query.unknown_field, not_a_filter, unknown_sign, wrong_test, wrong_span, empty_range,
/// too_much and those of `read` and `catalog::parse_asked`.
Result<std::vector<Filter>> filters_from(const catalog::Kind& kind,
                                         const std::vector<std::string>& typed,
                                         const ReadReference& read,
                                         Instant now);
/// "field" or "-field" for descending. Errors: query.unknown_field, wrong_test.
Result<Order> order_from(const catalog::Kind& kind, std::string_view typed);
/// Errors: query.wrong_limit.
Result<std::size_t> limit_from(std::uint64_t asked);

/// A page key as one word of letters, digits, '-' and '_', good for this query alone.
std::string to_word(const Query& query, const PageKey& key);
/// Errors: query.wrong_page for anything else, keys of other kinds, orders and filters included.
Result<PageKey> page_from(const Query& query, std::string_view word);

}  // namespace dossier::query
