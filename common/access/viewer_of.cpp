#include "common/access/viewer_of.hpp"

#include <algorithm>

#include "common/access/role.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"
#include "common/time/clock.hpp"

namespace dossier::access {
namespace {

using catalog::field;
using catalog::kAccessGrant;
using catalog::kRoleAssignment;
using catalog::kUser;

bool in_period(const FieldValues& values,
               const catalog::Field& from,
               const catalog::Field& to,
               Instant at) {
    return number_in(values, from) <= at.ms && at.ms < number_in(values, to, INT64_MAX);
}

void add_post(Viewer& viewer, const FieldValues& values, Instant at) {
    const auto role = role_from(text_in(values, field(kRoleAssignment, "role")));
    if (!role ||
        !in_period(values, field(kRoleAssignment, "from_at"), field(kRoleAssignment, "to_at"), at))
        return;
    Held held{*role, facts(*role).reach, {}};
    const std::string scope = text_in(values, field(kRoleAssignment, "scope"));
    if (scope == "own") held.reach = Reach::Own;
    if (scope == "region") held.reach = Reach::Region;
    if (scope == "dept") held.reach = Reach::Department;
    if (scope == "all") held.reach = Reach::All;
    viewer.roles.push_back(held);
}

void add_grant(Viewer& viewer, const FieldValues& values, Instant at) {
    static constexpr auto& kFrom = field(kAccessGrant, "from_at");
    static constexpr auto& kTo = field(kAccessGrant, "to_at");
    const bool revoked = number_in(values, field(kAccessGrant, "revoked_at"), INT64_MAX) <= at.ms;
    if (revoked || !in_period(values, kFrom, kTo, at)) return;
    // Of named fields alone nothing is opened: access goes by facets, and all would be more than
    // was given.
    if (!elements_in(values, field(kAccessGrant, "fields")).empty()) return;
    Grant grant;
    grant.max_level = static_cast<int>(number_in(values, field(kAccessGrant, "max_level"), 1));
    grant.from = Instant{number_in(values, kFrom)};
    grant.to = Instant{number_in(values, kTo)};
    for (const auto& op : elements_in(values, field(kAccessGrant, "ops"))) {
        grant.edit = grant.edit || op == "\"edit\"";
        grant.offline = grant.offline || op == "\"offline\"";
        grant.copy = grant.copy || op == "\"export\"" || op == "\"print\"";
    }
    for (const auto& element : elements_in(values, field(kAccessGrant, "scope_ids"))) {
        const auto target =
            id_from<RecordId>(std::string_view(element).substr(1, element.size() - 2));
        if (!target) continue;
        grant.target = *target;
        viewer.grants.push_back(grant);
    }
}

/// The end of what lies in its period, or `otherwise` when that is sooner.
Instant sooner(const FieldValues& values,
               const catalog::Field& from,
               const catalog::Field& to,
               Instant at,
               Instant otherwise) {
    if (!in_period(values, from, to, at)) return otherwise;
    return {std::min(otherwise.ms, number_in(values, to, INT64_MAX))};
}

/// Days end at the office's midnight; looking once an hour is near enough.
constexpr std::chrono::hours kDayLooked{1};

}  // namespace

Viewer viewer_of(const UserId& user,
                 const FieldValues& record,
                 std::span<const FieldValues> posts,
                 std::span<const FieldValues> grants,
                 Instant at) {
    Viewer viewer{.user = user};
    const std::string today = office_date(at);
    const std::string to = text_in(record, field(kUser, "active_to"));
    viewer.active =
        text_in(record, field(kUser, "active_from")) <= today && (to.empty() || today < to);
    viewer.agreement_signed = true;
    viewer.clearance = static_cast<int>(number_in(record, field(kUser, "clearance")));
    viewer.region = record_in(record, field(kUser, "region_id"));
    viewer.department = record_in(record, field(kUser, "department_id"));
    for (const FieldValues& post : posts) add_post(viewer, post, at);
    for (const FieldValues& grant : grants) add_grant(viewer, grant, at);
    // An outside agency is known to the office and has no login (domain 3.1).
    const bool outside =
        !viewer.roles.empty() && std::ranges::all_of(viewer.roles, [](const Held& held) {
            return held.role == Role::ExternalAgency;
        });
    viewer.active = viewer.active && !outside;
    return viewer;
}

Instant good_until(const FieldValues& record,
                   std::span<const FieldValues> posts,
                   std::span<const FieldValues> grants,
                   Instant at) {
    const bool leaves = !text_in(record, field(kUser, "active_to")).empty();
    Instant until = leaves ? at.plus(kDayLooked) : Instant{INT64_MAX};
    for (const FieldValues& post : posts)
        until = sooner(post, field(kRoleAssignment, "from_at"), field(kRoleAssignment, "to_at"), at,
                       until);
    for (const FieldValues& grant : grants)
        until =
            sooner(grant, field(kAccessGrant, "from_at"), field(kAccessGrant, "to_at"), at, until);
    return until;
}

}  // namespace dossier::access
