// Who wins: a three-way merge per group as a pure function. Same inputs, same verdict, on every
// machine. Source: sync 5.4, domain 2.1.
#pragma once

#include <optional>

#include "common/base/value.hpp"
#include "common/catalog/field.hpp"
#include "common/merge/stamp.hpp"

namespace dossier::merge {

/// A group at the office: its values (every field of the group, ascending by tag; absent = empty)
/// and who set them.
struct GroupState {
    FieldValues values;
    Stamp stamp;
    Fv since;  ///< version of the facet that set this value; 0 = unknown: its value alone tells
};

/// A new value of a group and what its author saw.
struct GroupEdit {
    FieldValues base;    ///< what he saw, empty values included; what he could not see is absent
    FieldValues values;  ///< every field of the group; absent = empty
    Stamp stamp;
    Fv base_fv;  ///< Op::base_fv
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
    /// Whose the group is afterwards: to be stored with it whatever the outcome. Two people who
    /// chose the same value leave the stronger stamp, else the order of arrival would show.
    Stamp stamp;
};

/// `policy_field` is the group's first field. `authority_days` is cfg:merge.authority_days (90).
///
/// Laws (tests/unit/common/merge), all for edits that arrive after those their author saw:
/// - An author who saw the current value is always followed, but by Append (nothing once said
///   changes), ServerOnly, Computed and Immutable. "Saw" = his base is that value; for Latest,
///   Authority and elements, where `since` shows that the value went away and came back behind his
///   back, he counts as unaware: the stamps decide, elements are united.
/// - Edits of one base end in one value, whatever their order: the latest; the latest of the
///   highest rank (while all lie within `authority_days`); the greatest; the smallest; the union.
///   Under Review the current value and the candidates are one set, whatever their order. The
///   same holds for authors' unsent chains when an author's candidate replaces his earlier one and
///   no two authors chose the same value (Union: nobody takes back what he added or removed).
/// - Precondition of both: stamps respect what authors saw, which `corrected` provides.
Judgement judge(const catalog::Field& policy_field,
                const GroupState& current,
                const GroupEdit& edit,
                int authority_days = 90);

}  // namespace dossier::merge
