// What can be done with a record of any kind: the functions behind the derived actions. The kind is
// that of the action. Source: architecture 4.
#pragma once

#include "server/actions/action.hpp"

namespace dossier::server {

Result<int> add_record(Context& context);
Result<int> edit_record(Context& context);
Result<int> show_record(Context& context);
Result<int> remove_record(Context& context);
Result<int> show_history(Context& context);
Result<int> list_of_kind(Context& context);      ///< list.cpp
Result<int> search_customers(Context& context);  ///< customer.cpp: a list by words of a name

/// The actions every kind has, but for those of `own`.
const std::vector<Action>& record_actions(std::span<const Action* const> own);

}  // namespace dossier::server
