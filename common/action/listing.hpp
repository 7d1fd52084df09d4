// The question a list asks, from what was said: the same on both sides.
#pragma once

#include "common/action/inputs.hpp"
#include "common/query/query.hpp"
#include "common/query/words.hpp"

namespace dossier::action {

/// Records a list shows when nobody says how many.
inline constexpr std::uint64_t kListed = 100;

/// The fields of `columns`, else those lists of the kind usually show.
/// Errors: query.unknown_field.
Result<std::vector<const catalog::Field*>> columns_from(const catalog::Kind& kind,
                                                        const Inputs& inputs);

/// Filters, order, limit and page key of a list. `above` = the record the listed ones hang on; none
/// = all. Errors: those of query::filters_from, order_from, limit_from and page_from; cli.usage.
Result<query::Query> query_from(const catalog::Kind& kind,
                                const Inputs& inputs,
                                const RecordId& above,
                                const query::ReadValue& read);

/// Tells that a list goes on and by which key; nothing at its end.
void tell_next(Answer& answer,
               const query::Query& query,
               const std::optional<query::PageKey>& next);

}  // namespace dossier::action
