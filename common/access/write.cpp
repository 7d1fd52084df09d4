// Who writes which field: the letters of domain 2.1 over the table of operations.
#include "common/access/answers.hpp"

namespace dossier::access {
namespace {

using catalog::Belongs;
using catalog::Field;
using catalog::Writers;

/// Letters the table of operations speaks for; a field that names any other letter gives that
/// role the right itself (marketing strategy: M D C).
constexpr Writers kByTable =
    catalog::kOwner | catalog::kService | catalog::kClerk | catalog::kProject;

Operation edit_of(const Field& field) {
    return catalog::is_controlled(field) ? Operation::EditControlled : Operation::EditPlain;
}

/// Letters of one role toward this customer: O only toward one's own, and toward one's own draft
/// whatever the role.
Writers letters_of(const Question& asked, const Held& held) {
    auto letters = facts(held.role).writes_as;
    if (!is_mine(asked.viewer.user, asked.subject, asked.stage)) return letters & ~catalog::kOwner;
    const bool drafting = asked.stage == Stage::Draft || asked.stage == Stage::Returned;
    return drafting ? letters | catalog::kOwner : letters;
}

Decision write_by_role(const Question& asked, const Held& held, const Field& field) {
    const auto operation = edit_of(field);
    const auto cell = cell_of(held.role, operation);
    const auto matched = letters_of(asked, held) & field.writers;
    if ((matched & ~kByTable) != 0) return act_by_role(asked, held, operation, Cell::Yes);
    // Roles that only propose need no letter: anybody's fields may be proposed (WF-17).
    const bool proposer = cell_of(held.role, Operation::EditPlain) == Cell::Propose;
    if (matched == 0 && !proposer && facts(held.role).clearance >= 0) return deny(kLetters);
    return act_by_role(asked, held, operation, cell);
}

Decision write_customer(const Question& asked, const Field& field) {
    Decision best = deny(kNoContent);
    for (const auto& held : asked.viewer.roles) {
        best = better(best, write_by_role(asked, held, field));
    }
    if ((field.writers & catalog::kOwner) == 0) return best;
    for (const auto& grant : asked.viewer.grants) {
        if (applies(asked, grant)) best = better(best, act_by_grant(asked, grant, edit_of(field)));
    }
    return best;
}

/// Records of no customer: the letters alone.
Decision write_own(const Question& asked, const Field& field) {
    const auto& subject = asked.subject;
    Writers letters = 0;
    for (const auto& held : asked.viewer.roles) {
        letters |= facts(held.role).writes_as & ~(catalog::kOwner | catalog::kService);
    }
    if (!subject.person.is_none() && subject.person == asked.viewer.user) {
        letters |= catalog::kSelf;
    }
    if (!subject.superiors.empty() && subject.superiors.front() == asked.viewer.user) {
        letters |= catalog::kSuperior;
    }
    return (letters & field.writers) != 0 ? answer(Answer::Allow, kMatrix) : deny(kLetters);
}

}  // namespace

Decision decide_write(const Viewer& viewer,
                      const Subject& subject,
                      const Field& field,
                      const Context& context) {
    if (const auto stop = stopped(viewer)) return *stop;
    const auto* kind = catalog::find_kind(subject.kind);
    if (kind == nullptr) return deny(kUnknown);
    if (catalog::is_server_set(field)) return deny(kServerField);
    const auto asked =
        question(viewer, subject, *kind, catalog::facet_of(*kind, field), context.now);
    return kind->belongs == Belongs::Customer ? write_customer(asked, field)
                                              : write_own(asked, field);
}

}  // namespace dossier::access
