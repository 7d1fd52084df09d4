// People and files for tests of access: a few named ones, and random ones.
#pragma once

#include <vector>

#include "common/access/scopes.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "tests/support/law.hpp"

namespace dossier::access::test {

using dossier::test::Draw;

inline constexpr Instant kNow{1'775'000'000'000};

template <class IdType = RecordId>
IdType id(std::uint8_t number) {
    IdType result;
    result.bytes[15] = number;
    return result;
}

inline const UserId kAnn = id<UserId>(1);
inline const UserId kBen = id<UserId>(2);
inline const UserId kEve = id<UserId>(3);
/// 华东 holds 杭州; 华北 stands apart.
inline const RecordId kEast = id(21);
inline const RecordId kHangzhou = id(22);
inline const RecordId kNorth = id(23);
inline const std::vector<RegionPath> kRegions{{kEast}, {kHangzhou, kEast}, {kNorth}};
inline const RecordId kSales = id(31);
inline const RecordId kService = id(32);
inline const RecordId kMingrun = id(41);

inline Viewer person(const UserId& user, std::vector<Held> roles, int clearance) {
    return {.user = user,
            .active = true,
            .agreement_signed = true,
            .clearance = clearance,
            .region = kEast,
            .department = kSales,
            .roles = std::move(roles)};
}
/// One role with its own reach and clearance.
inline Viewer person(const UserId& user, Role role) {
    const auto& row = facts(role);
    return person(user, {{role, row.reach, {}}}, row.clearance);
}

/// 明润医药 of Ann, in 杭州, at this level.
inline Subject mingrun(int level = 1) {
    return {.kind = catalog::kCustomer.tag,
            .record = kMingrun,
            .customer = kMingrun,
            .owner = kAnn,
            .creator = kAnn,
            .regions = {kHangzhou, kEast},
            .departments = {kSales},
            .level = level};
}

inline Answer view(const Viewer& viewer,
                   const Subject& subject,
                   catalog::Facet facet = catalog::Facet::Main,
                   bool offline = false) {
    return decide(viewer, Operation::View, subject, facet, {kNow, offline}).answer;
}
inline Answer act(const Viewer& viewer, Operation operation, const Subject& subject) {
    return decide(viewer, operation, subject, catalog::Facet::Main, {kNow, false}).answer;
}

inline UserId any_user(Draw& draw) {
    return id<UserId>(draw.between<std::uint8_t>(0, 4));
}
inline Held any_held(Draw& draw) {
    const auto& row = all_roles()[draw.between<std::size_t>(0, all_roles().size())];
    if (draw.coin()) return {row.role, row.reach, {}};
    return {row.role,
            draw.element(Reach::None, Reach::Own, Reach::Department, Reach::Region, Reach::All),
            draw.element(RecordId{}, kEast, kHangzhou, kNorth, kSales, kService)};
}
inline Grant any_grant(Draw& draw) {
    return {.target = draw.element(kMingrun, kMingrun, id(42), kEast, RecordId{}),
            .max_level = draw.between(0, 4),
            .edit = draw.coin(),
            .offline = draw.coin(),
            .copy = draw.coin(),
            .from = {kNow.ms + draw.element(-10, 0, 10)},
            .to = {kNow.ms + draw.element(0, 10, 20)}};
}
inline Viewer any_viewer(Draw& draw) {
    auto viewer = person(id<UserId>(draw.between<std::uint8_t>(1, 4)), {}, draw.between(0, 4));
    viewer.active = !draw.once_in(20);
    viewer.agreement_signed = !draw.once_in(20);
    viewer.suspended = draw.once_in(20);
    viewer.region = draw.element(RecordId{}, kEast, kHangzhou, kNorth);
    viewer.department = draw.element(RecordId{}, kSales, kService);
    for (int i = draw.between(0, 4); i > 0; --i) viewer.roles.push_back(any_held(draw));
    for (int i = draw.between(0, 3); i > 0; --i) viewer.grants.push_back(any_grant(draw));
    return viewer;
}

inline std::vector<UserId> any_users(Draw& draw) {
    std::vector<UserId> users;
    for (int i = draw.between(0, 3); i > 0; --i) users.push_back(any_user(draw));
    return users;
}
/// Any kind of record, most often of the customer 明润.
inline Subject any_subject(Draw& draw) {
    const auto kinds = catalog::kinds();
    const auto& kind =
        draw.coin() ? catalog::kCustomer : *kinds[draw.between<std::size_t>(0, kinds.size())];
    Subject subject{.kind = draw.once_in(50) ? std::uint16_t{999} : kind.tag};
    subject.record = kMingrun;
    if (kind.belongs == catalog::Belongs::Customer || draw.once_in(4)) subject.customer = kMingrun;
    subject.owner = any_user(draw);
    subject.service = any_user(draw);
    subject.person = any_user(draw);
    subject.creator = any_user(draw);
    if (!kind.asks.empty()) subject.asked = any_users(draw);
    subject.superiors = any_users(draw);
    subject.circle = any_users(draw);
    if (!draw.once_in(6)) subject.regions = kRegions[draw.between<std::size_t>(0, kRegions.size())];
    if (draw.coin()) subject.departments = {draw.element(kSales, kService)};
    subject.level = draw.between(0, 4);
    if (draw.coin()) return subject;
    subject.file_state = draw.element<std::string_view>(
        "active", "draft", "superior_review", "inspection", "clerk_posting", "returned", "archived",
        "void", "destroy_pending", "destroyed", "");
    return subject;
}
inline catalog::Facet any_facet(Draw& draw) {
    return catalog::kFacets[draw.between<std::size_t>(0, catalog::kFacets.size())];
}
/// Half the questions are about reading.
inline Operation any_operation(Draw& draw) {
    if (draw.coin()) return Operation::View;
    return static_cast<Operation>(draw.between(0, static_cast<int>(Operation::CopyCard) + 1));
}

}  // namespace dossier::access::test
