#include "common/access/scopes.hpp"

#include <algorithm>

#include "common/access/answers.hpp"

namespace dossier::access {
namespace {

using catalog::Belongs;
using catalog::Facet;

std::vector<Scope> sorted(std::vector<Scope> scopes) {
    std::sort(scopes.begin(), scopes.end());
    scopes.erase(std::unique(scopes.begin(), scopes.end()), scopes.end());
    return scopes;
}

void add_own(std::vector<Scope>& scopes, const Question& asked) {
    const auto& subject = asked.subject;
    const bool draft = asked.stage == Stage::Draft;
    if (!draft && !is_carried(asked.stage)) return;
    if (!is_carried(asked.facet, subject.level, asked.level)) return;
    for (const auto& user : {subject.owner, subject.service, subject.creator}) {
        if (!user.is_none() && is_mine(user, subject, asked.stage)) {
            scopes.push_back({ScopeSort::Own, {user.bytes}});
        }
    }
}

void add_regional(std::vector<Scope>& scopes, const Question& asked) {
    const auto& subject = asked.subject;
    if (!is_carried(asked.stage) || subject.level >= 3) return;
    const auto region = subject.regions.empty() ? RecordId{} : subject.regions.front();
    if (asked.facet == Facet::Directory) scopes.push_back({ScopeSort::Directory, region});
    if (asked.facet == Facet::Main && asked.level <= 1 && asked.kind.parent.empty()) {
        scopes.push_back({ScopeSort::Summary, region});
    }
}

void add_asked(std::vector<Scope>& scopes, const Question& asked) {
    for (const UserId& user : asked.subject.asked) {
        if (is_asked(asked, user)) scopes.push_back({ScopeSort::Self, {user.bytes}});
    }
}

std::string_view word(ScopeSort sort) {
    switch (sort) {
        case ScopeSort::Organisation:
            return "org";
        case ScopeSort::Self:
            return "self";
        case ScopeSort::Own:
            return "own";
        case ScopeSort::Directory:
            return "dir";
        case ScopeSort::Summary:
            return "sum";
        case ScopeSort::Granted:
            break;
    }
    return "grant";
}

/// Directories and summaries a role reads; `none` stands for customers of no region.
void add_regions(std::vector<Scope>& scopes,
                 const Viewer& viewer,
                 const Held& held,
                 std::span<const RegionPath> regions) {
    static const RegionPath kNowhere;
    const auto add = [&](const RegionPath& path) {
        if (!reads_region(viewer, held, path)) return;
        const auto region = path.empty() ? RecordId{} : path.front();
        scopes.push_back({ScopeSort::Directory, region});
        if (held.role == Role::RegionalManager) scopes.push_back({ScopeSort::Summary, region});
    };
    add(kNowhere);
    for (const auto& path : regions) add(path);
}

}  // namespace

std::string to_text(const Scope& scope) {
    std::string text(word(scope.sort));
    if (scope.sort != ScopeSort::Organisation) text += ":" + dossier::to_text(scope.of);
    return text;
}

std::vector<Scope> scopes_of(const Subject& subject,
                             Facet facet,
                             const std::vector<OfflineGrant>& grants,
                             Instant now) {
    const auto* kind = catalog::find_kind(subject.kind);
    if (kind == nullptr) return {};
    const Viewer nobody;
    const auto asked = question(nobody, subject, *kind, facet, now);
    std::vector<Scope> scopes;
    if (kind->belongs == Belongs::Organisation) {
        const bool held = facet == Facet::Directory || facet == Facet::Main;
        if (held && asked.level == 0) scopes.push_back({ScopeSort::Organisation, {}});
        return scopes;
    }
    if (kind->belongs != Belongs::Customer) {
        const bool low = subject.level <= 1 && is_carried(facet, subject.level, asked.level);
        if (low && !subject.person.is_none()) {
            scopes.push_back({ScopeSort::Self, {subject.person.bytes}});
        }
        for (const UserId& user : subject.asked) {
            if (low && is_named(asked, user)) scopes.push_back({ScopeSort::Self, {user.bytes}});
        }
        return sorted(std::move(scopes));
    }
    add_own(scopes, asked);
    add_regional(scopes, asked);
    add_asked(scopes, asked);
    for (const auto& [grantee, grant] : grants) {
        if (is_carried(asked.stage) && opens_offline(grant, subject, facet, asked.level, now)) {
            scopes.push_back({ScopeSort::Granted, {grantee.bytes}});
        }
    }
    return sorted(std::move(scopes));
}

std::vector<Scope> scopes_for(const Viewer& viewer,
                              std::span<const RegionPath> regions,
                              Instant now) {
    if (stopped(viewer)) return {};
    const RecordId self{viewer.user.bytes};
    std::vector<Scope> scopes{{ScopeSort::Organisation, {}}, {ScopeSort::Self, self}};
    bool works = false;
    for (const auto& held : viewer.roles) {
        works = works || facts(held.role).clearance >= 0;
        if (carries_own(viewer, held)) scopes.push_back({ScopeSort::Own, self});
        if (viewer.clearance >= 1) add_regions(scopes, viewer, held, regions);
    }
    for (const auto& grant : viewer.grants) {
        if (works && grant.offline && in_force(grant, now)) {
            scopes.push_back({ScopeSort::Granted, self});
        }
    }
    return sorted(std::move(scopes));
}

}  // namespace dossier::access
