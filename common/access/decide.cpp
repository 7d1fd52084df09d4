#include "common/access/decide.hpp"

#include <algorithm>
#include <tuple>

#include "common/access/answers.hpp"

namespace dossier::access {
namespace {

using catalog::Belongs;
using catalog::Facet;
using catalog::Kind;
using catalog::MadeBy;

bool has_role(const Viewer& viewer, Role role) {
    return std::ranges::find(viewer.roles, role, &Held::role) != viewer.roles.end();
}
bool is_administrator(const Viewer& viewer) {
    return has_role(viewer, Role::SystemAdmin) || has_role(viewer, Role::ServiceManager) ||
           has_role(viewer, Role::GeneralManager);
}
bool is_self(const Question& asked) {
    return !asked.subject.person.is_none() && asked.subject.person == asked.viewer.user;
}

bool is_reading(Operation operation) {
    return operation == Operation::View || operation == Operation::LookUp;
}
/// Making, changing or removing a record itself.
bool is_keeping(Operation operation) {
    return operation == Operation::Create || operation == Operation::EditPlain ||
           operation == Operation::EditControlled || operation == Operation::Record ||
           operation == Operation::Remove;
}

/// A child record is created by the right to edit its customer, a communication by the right to
/// record one.
Operation operation_on(const Kind& kind, Operation operation) {
    if (operation != Operation::Create || kind.parent.empty()) return operation;
    return kind.made_by == MadeBy::Record ? Operation::Record : Operation::EditPlain;
}

Decision decide_customer(const Question& asked, Operation operation) {
    Decision best = deny(kNoContent);
    for (const auto& held : asked.viewer.roles) {
        best = better(best, is_reading(operation) ? view_by_role(asked, held)
                                                  : act_by_role(asked, held, operation,
                                                                cell_of(held.role, operation)));
    }
    for (const auto& grant : asked.viewer.grants) {
        if (!applies(asked, grant)) continue;
        best = better(best, is_reading(operation) ? view_by_grant(asked, grant)
                                                  : act_by_grant(asked, grant, operation));
    }
    if (is_reading(operation) && is_asked(asked, asked.viewer.user))
        best = better(best, answer(Answer::Allow, kAsked));
    return best;
}

catalog::Writers letters_of(const Kind& kind) {
    catalog::Writers named = 0;
    for (const auto& field : kind.fields) named |= field.writers;
    return named;
}
bool holds_letter(const Viewer& viewer, catalog::Writers named) {
    return std::ranges::any_of(
        viewer.roles, [&](const Held& held) { return (facts(held.role).writes_as & named) != 0; });
}

/// Whom the letters of its fields name, toward the files they reach; what is a person's own is made
/// by whoever stands above him.
Decision make_by_letters(const Question& asked) {
    const auto named = letters_of(asked.kind);
    if (asked.kind.belongs != Belongs::Customer) {
        if ((named & catalog::kSelf) != 0 && is_self(asked)) return answer(Answer::Allow, kSelf);
        const bool above =
            (named & catalog::kSuperior) != 0 && is_superior(asked.viewer.user, asked.subject);
        if (above) return answer(Answer::Allow, kSuperior);
        return holds_letter(asked.viewer, named) ? answer(Answer::Allow, kLetters) : deny(kScope);
    }
    Decision best = deny(kNoContent);
    for (const auto& held : asked.viewer.roles) {
        const bool is_named = (facts(held.role).writes_as & named) != 0;
        best = better(best, is_named ? act_by_role(asked, held, Operation::Verify, Cell::Yes)
                                     : deny(kLetters));
    }
    return best;
}

/// Regions, departments, people's names: everybody reads, administrators keep.
Decision decide_organisation(const Question& asked, Operation operation) {
    const auto& viewer = asked.viewer;
    if (is_reading(operation)) {
        if (asked.level == 0) return answer(Answer::Allow, kOrganisation);
        if (is_administrator(viewer)) return answer(Answer::Allow, kAdministration);
        return asked.level <= viewer.clearance && asked.level < 3
                   ? answer(Answer::Allow, kOrganisation)
                   : deny(kLevel);
    }
    return is_keeping(operation) && is_administrator(viewer)
               ? answer(Answer::Allow, kAdministration)
               : deny(kMatrix);
}

/// Work logs: their author, and his superiors.
Decision decide_person(const Question& asked, Operation operation) {
    const auto& [viewer, subject] = std::tie(asked.viewer, asked.subject);
    if (is_self(asked) && (is_reading(operation) || is_keeping(operation))) {
        return answer(Answer::Allow, kSelf);
    }
    if (is_reading(operation)) {
        // As with his own, up to what his laptop holds of it.
        if (is_named(asked, viewer.user) && (subject.level <= 1 || asked.level <= viewer.clearance))
            return answer(Answer::Allow, kAsked);
        const bool above = is_superior(viewer.user, subject);
        // Who may ask for one of them sees which there are.
        const bool asks =
            asked.kind.made_by == MadeBy::Letters && holds_letter(viewer, letters_of(asked.kind));
        if ((above || asks) && asked.level <= viewer.clearance)
            return answer(Answer::Allow, above ? kSuperior : kLetters);
        if (above || is_named(asked, viewer.user)) return deny(kLevel);
        return has_role(viewer, Role::Auditor) ? answer(Answer::Mask, kMasked) : deny(kScope);
    }
    const bool edit = operation == Operation::EditPlain || operation == Operation::EditControlled;
    const bool direct =
        is_superior(viewer.user, subject) && subject.superiors.front() == viewer.user;
    return edit && direct ? answer(Answer::Allow, kSuperior) : deny(kScope);
}

/// Devices, assignments, grants, cases: the person concerned and the administrators. What quotes
/// a customer (a case) is read by those who read the customer, never by the system administrator.
Decision decide_administration(const Question& asked, Operation operation) {
    if (is_self(asked) && is_reading(operation)) return answer(Answer::Allow, kSelf);
    if (!asked.subject.customer.is_none()) return decide_customer(asked, operation);
    if (!is_reading(operation) && !is_keeping(operation)) return deny(kMatrix);
    if (is_administrator(asked.viewer)) return answer(Answer::Allow, kAdministration);
    return is_reading(operation) && has_role(asked.viewer, Role::Auditor)
               ? answer(Answer::Mask, kMasked)
               : deny(kScope);
}

Decision decide_audit(const Viewer& viewer, const Subject& subject) {
    if (has_role(viewer, Role::ServiceManager) || has_role(viewer, Role::GeneralManager) ||
        has_role(viewer, Role::Auditor)) {
        return answer(Answer::Allow, kAudit, true);
    }
    if (!subject.person.is_none() && subject.person == viewer.user) {
        return answer(Answer::Allow, kSelf);
    }
    // The administrator proves the chain unbroken without reading what it says.
    return has_role(viewer, Role::SystemAdmin) ? answer(Answer::Mask, kAudit) : deny(kMatrix);
}

}  // namespace

const Decision& better(const Decision& a, const Decision& b) {
    const auto order = [](const Decision& d) {
        return std::tuple(d.answer, d.purpose_needed, d.flagged, d.rule == kNoContent.id);
    };
    return order(b) < order(a) ? b : a;
}

/// Lists of the company that decide nobody's rights (products) are kept by whom their fields name,
/// everything else of it by administrators.
Decision decide_administering(const Viewer& viewer, const Subject& subject) {
    const auto* kind = catalog::find_kind(subject.kind);
    const bool is_list = kind != nullptr && kind->belongs == Belongs::Organisation &&
                         !kind->decides_rights && kind->made_by == MadeBy::Administration;
    if (!is_list)
        return has_role(viewer, Role::SystemAdmin) ? answer(Answer::Allow, kAdministration)
                                                   : deny(kMatrix);
    return holds_letter(viewer, letters_of(*kind)) ? answer(Answer::Allow, kAdministration)
                                                   : deny(kMatrix);
}

std::optional<Decision> stopped(const Viewer& viewer) {
    if (!viewer.active) return deny(kInactive);
    if (!viewer.agreement_signed) return deny(kAgreement);
    if (viewer.suspended) return deny(kSuspended);
    return std::nullopt;
}

Decision decide(const Viewer& viewer,
                Operation operation,
                const Subject& subject,
                Facet facet,
                const Context& context) {
    if (const auto stop = stopped(viewer)) return *stop;
    if (operation == Operation::Administer) return decide_administering(viewer, subject);
    if (operation == Operation::ReadAudit) return decide_audit(viewer, subject);
    const auto* kind = catalog::find_kind(subject.kind);
    if (kind == nullptr) return deny(kUnknown);
    if (operation == Operation::LookUp) facet = Facet::Directory;
    const auto asked = question(viewer, subject, *kind, facet, context.now);
    if (operation == Operation::CopyCard) {
        return catalog::is_file(*kind) ? copy_own_card(asked) : deny(kOffline);
    }
    if (context.offline && is_reading(operation)) return view_offline(asked);
    if (context.offline && operation == Operation::Export) return deny(kOffline);
    if (operation == Operation::Create && kind->made_by == MadeBy::Letters)
        return make_by_letters(asked);
    switch (kind->belongs) {
        case Belongs::Customer:
            return decide_customer(asked, operation_on(*kind, operation));
        case Belongs::Person:
            return decide_person(asked, operation);
        case Belongs::Organisation:
            return decide_organisation(asked, operation);
        case Belongs::Administration:
            break;
    }
    return decide_administration(asked, operation);
}

Operation making(const Kind& kind) {
    switch (kind.made_by) {
        case MadeBy::File:
        case MadeBy::Letters:
            return Operation::Create;
        case MadeBy::Record:
            return Operation::Record;
        case MadeBy::Access:
            return Operation::ManageAccess;
        default:
            return Operation::Administer;
    }
}

int rank_of(const Viewer& viewer, const Subject& subject) {
    constexpr int kRankMin = 10;  // an agency's or the media's word
    const auto* kind = catalog::find_kind(subject.kind);
    if (kind == nullptr) return kRankMin;
    const auto asked = question(viewer, subject, *kind, Facet::Main, {});
    int rank = kRankMin;
    for (const auto& held : viewer.roles) {
        if (kind->belongs != Belongs::Customer || reaches(asked, held)) {
            rank = std::max(rank, facts(held.role).rank);
        }
    }
    return rank;
}

}  // namespace dossier::access
