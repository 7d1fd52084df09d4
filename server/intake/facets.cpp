#include "server/intake/facets.hpp"

#include <algorithm>

#include "common/catalog/references.hpp"
#include "common/catalog/review.hpp"

#include "server/intake/quoted.hpp"
#include "server/store/facet_content.hpp"

namespace dossier::server {
namespace {

using catalog::Kind;

/// Who gets a case or proposal on his laptop: the people it concerns, as long as each may hold the
/// disputed facet there. Quoting a value is showing it.
std::vector<Scope> review_scopes(
    Store& store, People& people, const Place& place, const FieldValues& values, Instant now) {
    const auto& kind = *catalog::find_kind(place.kind);
    const auto quoted = quoted_by(store, place.kind, values);
    if (!quoted) return {};
    const auto subject = people.subject(quoted->place, quoted->values);
    const auto* of = catalog::find_field(kind, kind.concerns);
    const Value* concerned = find(values, of->tag);
    if (concerned == nullptr) return {};
    std::vector<Scope> scopes;
    for (const RecordId& person : catalog::references_in(*of, *concerned)) {
        const auto user = person.as<UserTag>();
        const auto decision = access::decide(people.viewer(user, now), access::Operation::View,
                                             subject, quoted->facet, {.now = now, .offline = true});
        if (decision.answer == access::Answer::Allow)
            scopes.push_back({access::ScopeSort::Self, person});
    }
    std::sort(scopes.begin(), scopes.end());
    return scopes;
}

/// One record's facets in its scopes; `subject` may be shared by the records of a file.
class Publisher {
  public:
    Publisher(Store& store, People& people, Instant now)
        : store_(store), people_(people), now_(now) {}

    void record(const Place& place, const FieldValues& values, const std::vector<Facet>& changed) {
        const Kind* kind = catalog::find_kind(place.kind);
        if (kind == nullptr) return;
        const auto subject = people_.subject(place, values);
        const auto grants = place.customer.is_none() ? std::vector<access::OfflineGrant>{}
                                                     : people_.offline_grants(place.customer, now_);
        for (const Facet facet : catalog::facets_of(*kind)) {
            const auto before = store_.facet(place.record, facet);
            const bool is_changed =
                std::find(changed.begin(), changed.end(), facet) != changed.end();
            if (!before && !is_changed) continue;
            FacetState after = before.value_or(FacetState{});
            if (is_changed) {
                after.fv = after.fv.next();
                after.hash = leaving_hash(*kind, place.record, facet, after.fv,
                                          catalog::facet_values(*kind, facet, values));
                store_.set_facet(place.record, facet, after);
            }
            const auto wanted = catalog::is_matter(*kind)
                                    ? review_scopes(store_, people_, place, values, now_)
                                    : access::scopes_of(subject, facet, grants, now_);
            move(place, facet, wanted, before, after);
        }
    }

  private:
    void move(const Place& place,
              Facet facet,
              const std::vector<Scope>& wanted,
              const std::optional<FacetState>& before,
              const FacetState& after) {
        const auto current =
            before ? store_.memberships(place.record, facet) : std::vector<Scope>{};
        for (const Scope& scope : current) {
            if (!std::binary_search(wanted.begin(), wanted.end(), scope))
                store_.take_from_scope(scope, place, facet, before->hash);
        }
        for (const Scope& scope : wanted) {
            const bool held = std::find(current.begin(), current.end(), scope) != current.end();
            if (held && before->hash == after.hash) continue;
            store_.put_in_scope(scope, place, facet,
                                held ? std::optional(before->hash) : std::nullopt, after.hash);
        }
    }

    Store& store_;
    People& people_;
    Instant now_;
};

}  // namespace

std::vector<Facet> changed_facets(const Kind& kind,
                                  const FieldValues& before,
                                  const FieldValues& after) {
    std::vector<Facet> changed;
    for (const Facet facet : catalog::facets_of(kind)) {
        if (catalog::facet_values(kind, facet, before) != catalog::facet_values(kind, facet, after))
            changed.push_back(facet);
    }
    return changed;
}

void publish(Store& store,
             People& people,
             const Place& place,
             const FieldValues& values,
             const std::vector<Facet>& changed,
             Reach reach,
             Instant now) {
    Publisher publisher(store, people, now);
    publisher.record(place, values, changed);
    if (reach == Reach::Record || place.customer.is_none()) return;
    for (const Place& member : store.file_of(place.customer)) {
        if (member.record == place.record) continue;
        const auto member_values = store.load(member.kind, member.record);
        if (member_values) publisher.record(member, *member_values, {});
    }
}

void publish_matters_of(Store& store, People& people, const UserId& user, Instant now) {
    const RecordId who = user.as<RecordTag>();
    auto concerned = store.find(catalog::kProposal.tag,
                                catalog::field(catalog::kProposal, "proposed_by").tag, who);
    const std::string name = to_text(user);
    RecordId after;
    for (auto page = store.list(catalog::kCase.tag, after, kWalkPage); !page.empty();
         page = store.list(catalog::kCase.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            const auto values = store.load(catalog::kCase.tag, id).value_or(FieldValues{});
            const Value* in = find(values, catalog::field(catalog::kCase, "people").tag);
            const std::string* text = in == nullptr ? nullptr : as_text(*in);
            if (text != nullptr && text->find(name) != std::string::npos) concerned.push_back(id);
        }
    }
    for (const RecordId& id : concerned) {
        const auto place = store.place(id);
        const auto values = place ? store.load(place->kind, id) : std::nullopt;
        if (values) publish(store, people, *place, *values, {}, Reach::Record, now);
    }
}

}  // namespace dossier::server
