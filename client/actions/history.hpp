// What was done to a record on this laptop, and what became of it.
#pragma once

#include "client/actions/action.hpp"

namespace dossier::client {

/// The changes made here that speak of the record, newest first, with the office's answers. Of
/// what others did only the office has a history.
Result<int> answer_own_history(Context& context, const RecordId& record);  ///< outbox.cpp

}  // namespace dossier::client
