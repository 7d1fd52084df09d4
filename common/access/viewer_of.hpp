// A person's rights, read from the records that state them: one reading for office and laptop.
#pragma once

#include <span>

#include "common/access/decide.hpp"

namespace dossier::access {

/// Who `user` is at `at`, by his own record (user), his posts (role_assignment) and what he was
/// granted (access_grant). What does not hold at that time is left out. Source: domain 3.1, 2.5.3.
Viewer viewer_of(const UserId& user,
                 const FieldValues& record,
                 std::span<const FieldValues> posts,
                 std::span<const FieldValues> grants,
                 Instant at);

/// Until when that is so, unless one of these records is changed: when the first right of it ends
/// by itself.
Instant good_until(const FieldValues& record,
                   std::span<const FieldValues> posts,
                   std::span<const FieldValues> grants,
                   Instant at);

}  // namespace dossier::access
