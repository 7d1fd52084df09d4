// The parts `decide` and `decide_write` are made of. Internal to common/access.
#pragma once

#include <optional>

#include "common/access/matrix.hpp"
#include "common/access/rules.hpp"
#include "common/access/standing.hpp"

namespace dossier::access {

inline Decision answer(Answer what, const Rule& rule, bool purpose_needed = false) {
    return {.answer = what, .purpose_needed = purpose_needed, .rule = rule.id};
}
inline Decision deny(const Rule& rule) {
    return answer(Answer::Deny, rule);
}
/// The answer that gives the viewer more; of two denials the one that says more.
const Decision& better(const Decision& a, const Decision& b);

/// Rules 3.2-1 and 3.2-3: what stops a person whatever he asks.
std::optional<Decision> stopped(const Viewer& viewer);

/// Reading a customer's record online by one role, by one grant.
Decision view_by_role(const Question& asked, const Held& held);
Decision view_by_grant(const Question& asked, const Grant& grant);
/// Reading what lies on a laptop: every kind of record. Source: domain 3.4.
Decision view_offline(const Question& asked);

/// Doing something to a customer's record by one role, whose right to it is `cell`; by one grant.
Decision act_by_role(const Question& asked, const Held& held, Operation operation, Cell cell);
Decision act_by_grant(const Question& asked, const Grant& grant, Operation operation);
/// Copying a facet of one's own customer onto a card: the same at the office and on a laptop.
Decision copy_own_card(const Question& asked);

}  // namespace dossier::access
