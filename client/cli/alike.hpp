// A new customer that may be one this laptop knows already: advice before the office decides.
#pragma once

#include "client/cli/command.hpp"

namespace dossier::client {

/// Tells of customers held here that look like the one with these values, best first; nothing when
/// there is none. What is told is a note beside the result: both are kept. Source: C-06, RP-15.
void tell_who_is_alike(Context& context,
                       const RecordId& customer,
                       const FieldValues& values,
                       const std::vector<FieldValues>& contacts);

}  // namespace dossier::client
