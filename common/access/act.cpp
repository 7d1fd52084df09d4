// Doing: rules 3.2-2 … 3.2-5 and the table of operations for writes, decisions and copies.
#include <algorithm>

#include "common/access/answers.hpp"

namespace dossier::access {
namespace {

bool is_edit(Operation operation) {
    return operation == Operation::EditPlain || operation == Operation::EditControlled;
}
/// What an owner may still do when the level of his file was raised above him (C-16).
bool is_writing(Operation operation) {
    return is_edit(operation) || operation == Operation::Record || operation == Operation::Create ||
           operation == Operation::Remove;
}
bool is_closed(Stage stage) {
    return stage == Stage::Closed || stage == Stage::Void;
}

/// A grant widens where a person's roles act; those that only read (auditor, general manager) act
/// nowhere. Source: domain 3.3 "record visit/communication".
bool acts(const Viewer& viewer) {
    return std::ranges::any_of(viewer.roles, [](const Held& held) {
        return cell_of(held.role, Operation::Record) != Cell::No;
    });
}

bool may_see_unposted(const Question& asked, const Held& held) {
    const bool restricted = asked.stage == Stage::Draft || asked.stage == Stage::Void;
    return !restricted || view_by_role(asked, held).rule != kUnposted.id;
}

/// Communications: domain 3.3 rows "record …"; always accepted as additions.
Decision record_by_role(const Question& asked, const Held& held, Cell cell, bool mine) {
    auto result = answer(Answer::Allow, is_closed(asked.stage) ? kClosedFile : kMatrix);
    result.flagged = is_closed(asked.stage);  // it proposes reactivation (C-15)
    if (cell == Cell::No) return deny(kMatrix);
    if (mine) return result;
    if (cell == Cell::Append) {
        result = answer(Answer::Allow, kAppendOnly);
        result.flagged = true;
        return result;
    }
    return cell == Cell::Yes && reaches(asked, held) ? result : deny(kScope);
}

Decision by_cell(Cell cell, Stage stage, Operation operation) {
    if (cell == Cell::Ask) return answer(Answer::NeedsApproval, kMatrix);
    if (cell == Cell::Propose) return answer(Answer::Propose, kVerifyFirst);
    if (is_closed(stage) && (is_edit(operation) || operation == Operation::Create)) {
        return answer(Answer::Propose, kClosedFile);
    }
    return answer(Answer::Allow, kMatrix, operation == Operation::Export);
}

}  // namespace

Decision act_by_role(const Question& asked, const Held& held, Operation operation, Cell cell) {
    if (facts(held.role).clearance < 0) return deny(kNoContent);
    if (asked.stage == Stage::Destroyed) return deny(kGone);
    if (!may_see_unposted(asked, held)) return deny(kUnposted);
    const bool mine = is_mine(asked.viewer.user, asked.subject, asked.stage);
    const bool above = asked.level >= 3 ? !is_member(asked, held)
                                        : asked.level > clearance_of(asked.viewer, held.role);
    if (above && !(mine && is_writing(operation))) {
        return deny(asked.level >= 3 ? kCircle : kLevel);
    }
    if (operation == Operation::Record) return record_by_role(asked, held, cell, mine);
    const bool drafting = asked.stage == Stage::Draft || asked.stage == Stage::Returned;
    if (mine && drafting && cell_of(held.role, Operation::Create) != Cell::No &&
        (is_edit(operation) || operation == Operation::Create || operation == Operation::Remove)) {
        return answer(Answer::Allow, kOwnDraft);
    }
    if (cell == Cell::No) return deny(kMatrix);
    if (cell == Cell::Own ? !mine : !reaches(asked, held)) return deny(kScope);
    // An L3 file is never copied (domain 3.3).
    if (operation == Operation::Export && asked.level >= 3) return deny(kCircle);
    return by_cell(cell, asked.stage, operation);
}

Decision act_by_grant(const Question& asked, const Grant& grant, Operation operation) {
    const bool unposted = asked.stage == Stage::Draft || asked.stage == Stage::Void;
    if (asked.stage == Stage::Destroyed) return deny(kGone);
    if (unposted) return deny(kUnposted);
    if (!applies(asked, grant)) return deny(kScope);
    const bool too_high = asked.level > grant.max_level || asked.level >= 3;
    // To copy what one was given is no change: it takes no role that makes any.
    if (operation == Operation::Export && grant.copy)
        return too_high ? deny(kLevel) : answer(Answer::Allow, kGranted, true);
    if (!acts(asked.viewer)) return deny(kMatrix);
    if (too_high) return deny(kLevel);
    if (operation == Operation::Record) {
        auto result = answer(Answer::Allow, kGranted);
        result.flagged = true;
        return result;
    }
    if (operation != Operation::EditPlain || !grant.edit) return deny(kMatrix);
    return is_closed(asked.stage) ? answer(Answer::Propose, kClosedFile)
                                  : answer(Answer::Allow, kGranted);
}

Decision copy_own_card(const Question& asked) {
    // What hides its middle, is granted or stays at the office is dropped, not masked (WF-07).
    const bool copied = asked.facet == catalog::Facet::Directory ||
                        asked.facet == catalog::Facet::Main ||
                        asked.facet == catalog::Facet::Personal;
    const int level = std::max(asked.level, asked.subject.level);
    Decision best = deny(kMatrix);
    for (const Held& held : asked.viewer.roles) {
        if (cell_of(held.role, Operation::Export) == Cell::No) continue;
        if (!copied || !carries_own(asked.viewer, held) ||
            !(is_carried(asked.stage) || asked.stage == Stage::Draft))
            best = better(best, deny(kOffline));
        else if (!is_mine(asked.viewer.user, asked.subject, asked.stage))
            best = better(best, deny(kScope));
        else if (level > std::min(1, clearance_of(asked.viewer, held.role)))
            best = better(best, deny(kLevel));
        else
            best = answer(Answer::Allow, kOwnCard, true);
    }
    return best;
}

}  // namespace dossier::access
