// The memberships of one record in one scope while a batch is applied. Internal to client/store.
#pragma once

#include <algorithm>
#include <vector>

#include "common/base/plant.hpp"
#include "common/catalog/field.hpp"

#include "protocol/messages.hpp"

#include "client/store/scopes.hpp"

namespace dossier::client {

/// What one entry does to the membership of its facet in its scope.
class Enrolment {
  public:
    /// `recounted`: the office counts versions anew, those that lie here say nothing.
    Enrolment(Scopes& scopes, HeldScope& scope, std::vector<Membership> members, bool recounted)
        : scopes_(scopes), scope_(scope), members_(std::move(members)), recounted_(recounted) {}

    /// True when its content is news: no other scope gave a later version.
    bool enter(const protocol::FacetEntry& entry) {
        const auto facet = static_cast<catalog::Facet>(entry.facet);
        const Membership member{entry.record,
                                facet,
                                entry.kind,
                                entry.fv,
                                catalog::facet_hash(entry.record, facet, entry.fv, entry.content),
                                scope_.id};
        bool news = true;
        for (const Membership& other : members_) {
            const bool counts =
                !recounted_ && other.scope != scope_.id && other.scope != scope_.replaces;
            if (counts && other.facet == facet && other.fv > entry.fv) news = false;
        }
        const auto at = find(facet);
        if (at != members_.end()) {
            scope_.set_hash.remove(at->hash);
            *at = member;
        } else {
            ++scope_.count;
            members_.push_back(member);
        }
        scope_.set_hash.add(member.hash);
        scopes_.put(scope_.id, member);
        return news;
    }

    /// True when the facet lies in no other scope.
    bool leave(const protocol::FacetEntry& entry) {
        const auto facet = static_cast<catalog::Facet>(entry.facet);
        const auto at = find(facet);
        if (at == members_.end() || is_planted(Plant::RemovalIgnored)) return false;
        scope_.set_hash.remove(at->hash);
        --scope_.count;
        scopes_.take(scope_.id, entry.record, facet);
        members_.erase(at);
        return std::ranges::find(members_, facet, &Membership::facet) == members_.end();
    }

    [[nodiscard]] bool any() const { return !members_.empty(); }

  private:
    std::vector<Membership>::iterator find(catalog::Facet facet) {
        return std::ranges::find_if(members_, [&](const Membership& member) {
            return member.facet == facet && member.scope == scope_.id;
        });
    }

    Scopes& scopes_;
    HeldScope& scope_;
    std::vector<Membership> members_;
    bool recounted_;
};

}  // namespace dossier::client
