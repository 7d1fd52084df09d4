// What somebody wrote himself and may take back by himself: a slip, not a deletion.
#pragma once

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/time/clock.hpp"

namespace dossier::access {

/// A communication that is not locked yet, a contact or a document entered by mistake: made by this
/// user at most 7 days before `now`. Whatever else goes is decided by `decide` (Remove): for those
/// who only keep a file it is a proposal. Nothing is erased either way. Source: domain WF-14, C-23.
bool may_take_back(const catalog::Kind& kind,
                   const FieldValues& values,
                   const UserId& user,
                   Instant now);

}  // namespace dossier::access
