// Secrecy marks as guards and effects of the table in common/workflow/secrecy_marking.hpp: what a
// mark needs, what it does to the level of what it stands on, and what its end leaves.
// Source: domain WF-08, 2.5.1, R-128, R-133, C-16, C-17, D-41.
//
// Of one file, or one record in it, several marks may be in force: those below the highest wait
// beneath it, and the next of them holds when it ends. A mark takes the place of all that are not
// lower than it.
#pragma once

#include "server/intake/hand.hpp"

namespace dossier::server {

/// Who signs a mark: the general manager where it, or the level it takes the place of, is the
/// highest (`workflow::Chain::variant`).
std::string_view signers_of_mark(const Desk& desk, const FieldValues& mark);

/// What a mark needs to be proposed: a record of that file, a term that ends after today, at level
/// 3 a circle of people who work here and may be in one.
/// Errors: marking.term, marking.circle, marking.member, marking.target.
Status mark_fits(const Hand& hand);
/// Errors: marking.term_runs.
Status term_over(const Hand& hand);
/// Errors: marking.held.
Status not_held(const Hand& hand);

/// Gives what is marked its level, ends the marks it replaces, lets other proposals lapse, and
/// keeps which laptops still hold what was raised above them. Errors: marking.term, marking.target.
Status take_mark(Hand& hand);
/// Gives what was marked the level of the next mark below that still runs; without one a file is
/// internal, a record as its kind is. What was proposed meanwhile lapses.
Status end_mark(Hand& hand);

}  // namespace dossier::server
