// One step of a workflow while it is taken, and what the tables' names of rights, guards and
// effects stand for at the office. Internal to server/intake.
#pragma once

#include <optional>

#include "common/workflow/machine.hpp"

#include "server/intake/desk.hpp"

namespace dossier::server {

struct Hand {
    const Desk& desk;
    const merge::Op& op;
    const workflow::Machine& machine;
    Target target;                     ///< the record whose state changes
    FieldValues after = {};            ///< the record as the step leaves it
    std::optional<Target> about = {};  ///< the group a case or proposal disputes
    std::vector<Target> files = {};    ///< customer files it names; of a merge: absorbed, survivor
    Fv fv = {};                        ///< of the facet the step changed
    bool restates = false;             ///< the customer's status is judged once it is written
    /// Audit lines instead of the one about `target`: of what, and the detail.
    std::vector<std::pair<Target, std::string>> told = {};

    /// What the disputed record has under the group now.
    [[nodiscard]] FieldValues disputed() const { return about->part(about->values); }
};

/// Finds what the step works on. Errors: intake.unknown_record.
Status pick_up(Hand& hand);
/// Whether the author holds one of the row's rights. Errors: intake.unknown_record for what he may
/// not know of, access.denied.
Status check_right(const Hand& hand, const workflow::Step& step);
/// The same of the record as the step leaves it. Errors: access.denied.
Status check_reach(const Hand& hand, const workflow::Step& step);
/// What the guard says of the record. Errors: those named at the guards.
Status check_guard(const Hand& hand, workflow::Guard guard);
/// Does what the row's effect names.
Status carry_out(Hand& hand, workflow::Effect effect);

/// A step that follows from another: taken by the office, signed by whoever took the first, no line
/// in the audit of its own. A record whose state does not allow it stays as it is.
void follow(const Desk& desk,
            const workflow::Machine& machine,
            const RecordId& record,
            std::string_view event);

/// Numbers of the open cases and proposals about the customer's own fields; empty = none.
std::string open_matters(const Desk& desk, const RecordId& customer);

}  // namespace dossier::server
