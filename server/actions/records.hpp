// What can be done with a record of any kind: the functions behind the derived actions. The kind is
// that of the action. Source: architecture 4.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

/// A record and the file it is part of.
struct Named {
    Place place;
    FieldValues values;
};
/// The record of the action's kind that was named. Errors: those of the finders.
Result<Named> named(Context& context);

Result<int> add_record(Context& context);
Result<int> edit_record(Context& context);
Result<int> show_record(Context& context);
Result<int> remove_record(Context& context);
Result<int> show_history(Context& context);
Result<int> list_of_kind(Context& context);      ///< list.cpp
Result<int> search_customers(Context& context);  ///< customer.cpp: a list by words of a name

Result<int> take_step(Context& context);  ///< step.cpp

/// The actions every kind has, but for those of `own`.
const std::vector<Action>& record_actions(std::span<const Action* const> own);
/// The steps of every workflow, but for those of `own`.
const std::vector<Action>& step_actions(std::span<const Action* const> own);

}  // namespace dossier::server
