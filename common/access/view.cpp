// Reading: rules 3.2-2 … 3.2-6 online, 3.4 offline.
#include <algorithm>
#include <tuple>

#include "common/access/answers.hpp"

namespace dossier::access {
namespace {

using catalog::Belongs;
using catalog::Facet;

bool is_restricted(Stage stage) {
    return stage == Stage::Draft || stage == Stage::Void;
}

/// Draft and void files: creator, superior chain, clerk, inspector, service manager.
bool may_read_unposted(const Question& asked, const Held& held) {
    if (is_mine(asked.viewer.user, asked.subject, asked.stage) ||
        is_superior(asked.viewer.user, asked.subject)) {
        return true;
    }
    const bool named = held.role == Role::InfoClerk || held.role == Role::MarketInspector ||
                       held.role == Role::ServiceManager;
    return named && reaches(asked, held);
}

Decision view_destroyed(const Question& asked, const Held& held) {
    if (asked.level >= 3 && !is_member(asked, held)) return deny(kCircle);
    const Role role = held.role;
    const bool keeps_record = role == Role::ArchiveKeeper || role == Role::ServiceManager ||
                              role == Role::GeneralManager || role == Role::Auditor;
    return keeps_record && asked.facet == Facet::Directory
               ? answer(Answer::Allow, kGone, asked.level >= 3)
               : deny(kGone);
}

/// Rules 3.2-5 and 3.2-6 for a role that reaches the record.
Decision view_by_level(const Question& asked, const Held& held) {
    if (held.role == Role::Auditor) return answer(Answer::Mask, kMasked);
    const bool keeper = held.role == Role::ArchiveKeeper;
    const bool personal = asked.facet == Facet::Personal || asked.facet == Facet::Masked ||
                          asked.facet == Facet::Granted;
    int clearance = clearance_of(asked.viewer, held.role);
    if (keeper) clearance = std::min(clearance, 1);
    const bool cleared = asked.level <= clearance || asked.level >= 3;  // members only get here
    if (cleared && held.role == Role::PlanningAnalyst && personal) {
        return answer(Answer::Mask, kMasked);
    }
    if (cleared) {
        return answer(Answer::Allow, asked.level >= 3 ? kCircle : kScope,
                      keeper || asked.level >= 2);
    }
    const bool field_staff = held.role == Role::Salesperson || held.role == Role::ServiceStaff;
    if (field_staff && is_mine(asked.viewer.user, asked.subject, asked.stage)) {
        return answer(Answer::Allow, kOwnLevel, asked.level >= 2);
    }
    if (asked.subject.level <= clearance) return answer(Answer::Mask, kMasked);
    return answer(Answer::NeedsApproval, keeper ? kHandling : kLevel);
}

Decision carried(Facet facet) {
    return answer(facet == Facet::Masked ? Answer::Mask : Answer::Allow, kCarried);
}

/// Role by role what a laptop holds of a customer: own files, directories, summaries.
bool carried_by_role(const Question& asked, const Held& held) {
    const auto& [viewer, subject] = std::tie(asked.viewer, asked.subject);
    const bool mine = is_mine(viewer.user, subject, asked.stage);
    if (asked.stage == Stage::Draft || is_carried(asked.stage)) {
        if (mine && carries_own(viewer, held) &&
            is_carried(asked.facet, subject.level, asked.level)) {
            return true;
        }
    }
    if (!is_carried(asked.stage) || subject.level >= 3 || viewer.clearance < 1) return false;
    if (!reads_region(viewer, held, subject.regions)) return false;
    if (asked.facet == Facet::Directory) return true;
    return held.role == Role::RegionalManager && asked.facet == Facet::Main &&
           asked.kind.parent.empty() && asked.level <= 1;
}

Decision customer_offline(const Question& asked) {
    for (const auto& held : asked.viewer.roles) {
        if (carried_by_role(asked, held)) return carried(asked.facet);
    }
    if (is_asked(asked, asked.viewer.user)) return carried(asked.facet);
    for (const auto& grant : asked.viewer.grants) {
        if (is_carried(asked.stage) && applies(asked, grant) &&
            opens_offline(grant, asked.subject, asked.facet, asked.level, asked.now)) {
            return carried(asked.facet);
        }
    }
    return deny(kOffline);
}

}  // namespace

Decision view_by_role(const Question& asked, const Held& held) {
    if (facts(held.role).clearance < 0) return deny(kNoContent);
    if (asked.stage == Stage::Destroyed) return view_destroyed(asked, held);
    if (is_restricted(asked.stage) && !may_read_unposted(asked, held)) return deny(kUnposted);
    if (asked.level >= 3 && !is_member(asked, held)) return deny(kCircle);
    if (asked.facet == Facet::Directory) {
        return answer(Answer::Allow, kDirectory, asked.level >= 3);
    }
    if (!reaches(asked, held)) return answer(Answer::NeedsApproval, kScope);
    return view_by_level(asked, held);
}

Decision view_by_grant(const Question& asked, const Grant& grant) {
    if (asked.stage == Stage::Destroyed) return deny(kGone);
    if (is_restricted(asked.stage)) return deny(kUnposted);
    if (!applies(asked, grant)) return deny(kScope);
    const auto& circle = asked.subject.circle;
    if (asked.level >= 3 &&
        std::find(circle.begin(), circle.end(), asked.viewer.user) == circle.end()) {
        return deny(kCircle);
    }
    if (asked.level <= grant.max_level) {
        return answer(Answer::Allow, kGranted, asked.level >= 2);
    }
    return asked.subject.level <= grant.max_level ? answer(Answer::Mask, kMasked) : deny(kLevel);
}

Decision view_offline(const Question& asked) {
    const auto& subject = asked.subject;
    if (asked.kind.belongs == Belongs::Customer) return customer_offline(asked);
    if (asked.kind.belongs == Belongs::Organisation) {
        const bool held = asked.facet == Facet::Directory || asked.facet == Facet::Main;
        return held && asked.level == 0 ? answer(Answer::Allow, kOrganisation) : deny(kOffline);
    }
    const bool self = !subject.person.is_none() && subject.person == asked.viewer.user;
    const bool low = subject.level <= 1 && is_carried(asked.facet, subject.level, asked.level);
    return low && (self || is_named(asked, asked.viewer.user)) ? carried(asked.facet)
                                                               : deny(kOffline);
}

}  // namespace dossier::access
