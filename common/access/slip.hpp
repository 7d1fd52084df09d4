// What somebody wrote himself and may take back, and what only takes remarks any more.
#pragma once

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/time/clock.hpp"

namespace dossier::access {

/// A record entered by mistake of a kind that is `taken_back` (communication, contact, document)
/// and not locked yet: made by this user at most 7 days before `now`. Whatever else goes is decided
/// by `decide` (Remove): for those who only keep a file it is a proposal. Nothing is erased either
/// way. Source: domain WF-14, C-23.
bool may_take_back(const catalog::Kind& kind,
                   const FieldValues& values,
                   const UserId& user,
                   Instant now);

/// Whether a record only takes additions any more: one of a kind with `locked_by` that the
/// office locked or that was made 7 days before `now` or earlier. Source: domain 2.3.1 locked_at,
/// WF-14.
bool is_locked(const catalog::Kind& kind, const FieldValues& values, Instant now);

}  // namespace dossier::access
