// Who wins: a three-way merge per group as a pure function. Same inputs, same verdict, on every
// machine. Source: sync 5.4, domain 2.1.
#pragma once

#include <optional>

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/merge/stamp.hpp"

namespace dossier::merge {

/// A group at the office: its values (every field of the group, ascending by tag) and who set them.
struct GroupState {
    FieldValues values;
    Stamp stamp;
};

/// A new value of a group and what its author saw.
struct GroupEdit {
    FieldValues base;    ///< fields the author could not see are absent
    FieldValues values;  ///< every field of the group
    Stamp stamp;
};

enum class Outcome : std::uint8_t {
    Apply,     ///< take the new value
    Unite,     ///< take `values`: elements of both sides
    Converge,  ///< both sides say the same
    Ignore,    ///< the author changed nothing
    Keep,      ///< the current value wins; the new one is a recorded loser
    Override,  ///< the new value wins over a concurrent one, which is a recorded loser
    Propose,   ///< the current value stays; the new one waits for verification (lower rank)
    Review,    ///< the current value stays; both go to a case
    Refuse,    ///< the policy lets nobody write this
};

struct Judgement {
    Outcome outcome = Outcome::Apply;
    FieldValues values;  ///< what the group holds afterwards
};

/// `policy` is that of the group's first field. `authority_days` is cfg:merge.authority_days (90).
Judgement judge(const catalog::Field& policy_field,
                const GroupState& current,
                const GroupEdit& edit,
                int authority_days = 90);

}  // namespace dossier::merge
