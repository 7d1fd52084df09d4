// What can be done with a record of any kind on the laptop: the functions behind the actions every
// kind has. The kind is that of the action. Source: architecture 4.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

/// `list` of any kind: filters, order, columns and page as they were said. Errors: those of
/// action::columns_from, action::query_from and the finders.
Result<int> list_records(Context& context, const catalog::Kind& kind);

/// These records in the columns that were asked for, as table and data. Errors: those of
/// action::columns_from.
Status answer_records(Context& context,
                      const catalog::Kind& kind,
                      const std::vector<RecordId>& records);

/// The record of the action's kind that was named. Errors: those of the finders.
Result<RecordId> record_named(Context& context);

/// The actions every kind has, but for those of `own`.
const std::vector<Action>& record_actions(std::span<const Action* const> own);
/// The steps of every workflow a laptop may ask for, but for those of `own`.
const std::vector<Action>& step_actions(std::span<const Action* const> own);

}  // namespace dossier::client
