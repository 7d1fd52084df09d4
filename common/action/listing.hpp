// The question a list asks, from what was said: the same on both sides.
#pragma once

#include "common/action/inputs.hpp"
#include "common/query/query.hpp"
#include "common/query/words.hpp"

namespace dossier::action {

/// Records a list shows when nobody says how many.
inline constexpr std::uint64_t kListed = 100;

/// The fields of `columns`, else those lists of the kind usually show.
/// Errors: query.unknown_field, query.no_columns.
Result<std::vector<const catalog::Field*>> columns_from(const catalog::Kind& kind,
                                                        const Inputs& inputs);

/// Takes the fields that were not asked for out of a list's documents.
void keep_columns(Json& records,
                  const catalog::Kind& kind,
                  const std::vector<const catalog::Field*>& columns);

/// That an input stands alone where it cannot be honoured beside others: none is dropped in
/// silence. Errors: query.not_together.
Status refuse_together(const Inputs& inputs,
                       std::string_view key,
                       std::initializer_list<std::string_view> others);

/// Filters, order, limit and page key of a list. `above` = the record the listed ones hang on; none
/// = all. Errors: those of query::filters_from, order_from, limit_from and page_from; cli.usage.
Result<query::Query> query_from(const catalog::Kind& kind,
                                const Inputs& inputs,
                                const RecordId& above,
                                const query::ReadReference& read,
                                Instant now);

/// Says by which key a list goes on; nothing at its end. Shells tell it behind the list.
void tell_next(Answer& answer,
               const query::Query& query,
               const std::optional<query::PageKey>& next);

}  // namespace dossier::action
