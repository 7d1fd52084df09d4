#include "common/access/standing.hpp"

#include <algorithm>
#include <tuple>

#include "common/base/plant.hpp"
#include "common/catalog/states.hpp"

namespace dossier::access {
namespace {

using catalog::Facet;

template <class T>
bool holds(const std::vector<T>& list, const T& item) {
    return !item.is_none() && std::find(list.begin(), list.end(), item) != list.end();
}

bool is(const UserId& user, const UserId& other) {
    return !user.is_none() && user == other;
}

const RecordId& place_or(const Held& held, const RecordId& own) {
    return held.place.is_none() ? own : held.place;
}

}  // namespace

Stage stage_of(std::string_view file_state) {
    using catalog::FileState;
    if (file_state == FileState::kActive) return Stage::Live;
    if (file_state == FileState::kDraft) return Stage::Draft;
    if (file_state == FileState::kReturned) return Stage::Returned;
    if (file_state == FileState::kVoid) return Stage::Void;
    if (file_state == FileState::kDestroyed) return Stage::Destroyed;
    const bool reviewing = file_state == FileState::kSuperiorReview ||
                           file_state == FileState::kInspection ||
                           file_state == FileState::kClerkPosting;
    return reviewing ? Stage::Reviewing : Stage::Closed;
}

Question question(const Viewer& viewer,
                  const Subject& subject,
                  const catalog::Kind& kind,
                  Facet facet,
                  Instant now) {
    // The directory shows number, name, owner and region whatever the level of those fields.
    const int facet_level = facet == Facet::Directory ? 0 : catalog::level_of(kind, facet);
    return {viewer,
            subject,
            kind,
            facet,
            now,
            stage_of(subject.file_state),
            std::max(subject.level, facet_level)};
}

bool is_mine(const UserId& user, const Subject& subject, Stage stage) {
    const bool created = is(user, subject.creator);
    if (stage == Stage::Draft || stage == Stage::Void) return created;
    const bool posted = stage != Stage::Reviewing && stage != Stage::Returned;
    return is(user, subject.owner) || is(user, subject.service) || (created && !posted);
}

bool is_superior(const UserId& user, const Subject& subject) {
    return holds(subject.superiors, user);
}

bool reads_region(const Viewer& viewer, const Held& held, const std::vector<RecordId>& path) {
    const auto& row = facts(held.role);
    if (row.clearance < 0 || row.reach == Reach::None) return false;
    if (held.reach == Reach::All) return true;
    return held.reach == Reach::Region && holds(path, place_or(held, viewer.region));
}

bool reaches(const Question& asked, const Held& held) {
    const auto& [viewer, subject] = std::tie(asked.viewer, asked.subject);
    const auto& row = facts(held.role);
    if (row.clearance < 0 || row.reach == Reach::None || held.reach == Reach::None) return false;
    if (is_mine(viewer.user, subject, asked.stage)) return true;
    const bool establishing = asked.stage == Stage::Draft || asked.stage == Stage::Reviewing ||
                              asked.stage == Stage::Returned;
    if (establishing && is_superior(viewer.user, subject)) return true;
    if (held.reach == Reach::Department) {
        return holds(subject.departments, place_or(held, viewer.department));
    }
    return reads_region(viewer, held, subject.regions);
}

bool is_member(const Question& asked, const Held& held) {
    const bool named = holds(asked.subject.circle, asked.viewer.user);
    switch (held.role) {
        case Role::GeneralManager:
        case Role::MarketingDirector:
        case Role::ServiceManager:
            return named || asked.viewer.clearance >= 3;
        case Role::Salesperson:
        case Role::ServiceStaff:
        case Role::DeptManager:
        case Role::RegionalManager:
        case Role::MarketManager:
        case Role::PlanningAnalyst:
            return named;
        default:
            return false;
    }
}

int clearance_of(const Viewer& viewer, Role role) {
    return std::min(viewer.clearance, facts(role).clearance);
}

bool in_force(const Grant& grant, Instant now) {
    return grant.from <= now && now < grant.to;
}

bool applies(const Question& asked, const Grant& grant) {
    const bool works =
        std::any_of(asked.viewer.roles.begin(), asked.viewer.roles.end(),
                    [](const Held& held) { return facts(held.role).clearance >= 0; });
    if (!works || !in_force(grant, asked.now) || grant.target.is_none()) return false;
    return grant.target == asked.subject.customer || holds(asked.subject.regions, grant.target);
}

bool is_carried(Facet facet, int record_level, int level) {
    if (record_level >= 3) return false;
    switch (facet) {
        case Facet::Directory:
            return true;
        case Facet::Main:
        case Facet::Personal:
            return level <= 1 || is_planted(Plant::LevelIgnored);
        case Facet::Masked:
            return record_level <= 1;
        default:
            return false;
    }
}

bool is_carried(Stage stage) {
    return stage == Stage::Live || stage == Stage::Reviewing || stage == Stage::Returned;
}

bool carries_own(const Viewer& viewer, const Held& held) {
    const auto& row = facts(held.role);
    if (row.clearance < 0 || row.reach == Reach::None || held.reach == Reach::None) return false;
    const bool bound = held.role == Role::Auditor || held.role == Role::PlanningAnalyst ||
                       held.role == Role::ArchiveKeeper;
    return !bound && viewer.clearance >= 1;
}

bool is_named(const Question& asked, const UserId& user) {
    return std::ranges::any_of(asked.subject.asked,
                               [&](const UserId& each) { return is(user, each); });
}

bool is_asked(const Question& asked, const UserId& user) {
    return is_named(asked, user) && is_carried(asked.stage) &&
           is_carried(asked.facet, asked.subject.level, asked.level);
}

bool opens_offline(
    const Grant& grant, const Subject& subject, Facet facet, int level, Instant now) {
    if (!grant.offline || !in_force(grant, now) || facet == Facet::Closed) return false;
    if (grant.target.is_none() || grant.target != subject.customer) return false;
    // A masked value stays below the level of what it hides.
    const int needed = facet == Facet::Masked ? subject.level : level;
    return needed <= std::min(grant.max_level, 2);
}

}  // namespace dossier::access
