#include "server/reading/list.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/canonical.hpp"

#include "server/reading/extents.hpp"

namespace dossier::server {
namespace {

constexpr std::size_t kPage = 200;

/// One record's facets as the asker sees them, each asked for once.
class Sights {
  public:
    Sights(Office& office, const Asker& asker, const Place& place, const FieldValues& values)
        : office_(office), asker_(asker), place_(place), values_(values) {}

    const Sight& of(Facet facet) {
        auto at = known_.find(facet);
        if (at == known_.end())
            at = known_.emplace(facet, sight_of(office_, asker_, place_, values_, facet)).first;
        return at->second;
    }

  private:
    Office& office_;
    const Asker& asker_;
    const Place& place_;
    const FieldValues& values_;
    std::map<Facet, Sight> known_;
};

class Lister {
  public:
    Lister(Office& office, const Asker& asker, const query::Query& query)
        : office_(office), asker_(asker), kind_(*query.kind) {
        for (const auto& filter : query.where) asked_.push_back(filter.field);
        if (query.order.field != nullptr) asked_.push_back(query.order.field);
    }

    /// What the list tells of every record in it, be it by where it stands.
    [[nodiscard]] std::vector<Facet> facets() const {
        std::vector<Facet> facets;
        for (const auto* field : asked_) facets.push_back(catalog::facet_of(kind_, *field));
        std::ranges::sort(facets);
        facets.erase(std::ranges::unique(facets).begin(), facets.end());
        return facets;
    }

    struct Judged {
        std::optional<Listed> shown;
        bool hidden = false;  ///< shown once a purpose is stated
    };
    Judged judge(const RecordId& id) {
        const auto place = office_.store().place(id);
        const auto values = office_.store().load(kind_.tag, id);
        if (!place || !values) return {};
        Sights sights(office_, asker_, *place, *values);
        const Sight& known = sights.of(catalog::facets_of(kind_).front());
        if (known.decision.answer != access::Answer::Allow) return {};
        // Without the purpose it is as if he had stated one: what he is told of is what it lists.
        const bool hidden = !known.permitted;
        const bool may_stand = std::ranges::all_of(asked_, [&](const catalog::Field* field) {
            return is_clear(sights, *place, *values, *field, hidden);
        });
        if (!may_stand || hidden) return {{}, may_stand && hidden};
        return {Listed{id, seen(sights, *place, *values)}};
    }

  private:
    bool is_listed(const Place& place, const FieldValues& values, const catalog::Field& field) {
        return catalog::facet_of(kind_, field) != Facet::Directory ||
               is_in_directory_of(office_, asker_, place, values, field.tag);
    }
    bool is_clear(Sights& sights,
                  const Place& place,
                  const FieldValues& values,
                  const catalog::Field& field,
                  bool for_a_purpose) {
        const Sight& sight = sights.of(catalog::facet_of(kind_, field));
        const bool clear =
            for_a_purpose ? sight.decision.answer == access::Answer::Allow : sight.in_clear();
        return clear && is_listed(place, values, field);
    }
    FieldValues seen(Sights& sights, const Place& place, const FieldValues& values) {
        FieldValues seen;
        for (const auto& [tag, value] : values) {
            const auto* field = catalog::find_field(kind_, tag);
            if (field == nullptr || !is_listed(place, values, *field)) continue;
            const Sight& sight = sights.of(catalog::facet_of(kind_, *field));
            if (!sight.permitted) continue;
            if (sight.decision.answer == access::Answer::Allow) assign(seen, tag, value);
            if (sight.decision.answer == access::Answer::Mask)
                assign(seen, tag, catalog::masked(*field, value));
        }
        return seen;
    }

    Office& office_;
    const Asker& asker_;
    const catalog::Kind& kind_;
    std::vector<const catalog::Field*> asked_;
};

}  // namespace

Listing list_records(Office& office,
                     const Asker& asker,
                     query::Query query,
                     const std::function<void()>& give_way) {
    Listing listing;
    Lister lister(office, asker, query);
    query.within = extents_for(office, asker, *query.kind, lister.facets());
    const std::size_t wanted = query.limit;
    std::optional<query::PageKey> last;
    std::size_t hidden = 0;  // behind the last one shown
    query.limit = std::min(wanted + 1, kPage);
    for (bool more = true; more && !listing.next;) {
        const auto hits = office.store().page(query);
        more = hits.size() == query.limit;
        for (const query::Hit& hit : hits) {
            query.after = hit.key();
            auto judged = lister.judge(hit.record);
            hidden += judged.hidden ? 1U : 0U;
            if (!judged.shown) continue;
            if (listing.records.size() == wanted) {
                listing.next = last;
                break;
            }
            listing.records.push_back(std::move(*judged.shown));
            listing.hidden += std::exchange(hidden, 0);
            last = hit.key();
        }
        query.limit = kPage;
        if (more && !listing.next) give_way();
    }
    // Those behind the page are told of with the next one.
    if (!listing.next) listing.hidden += hidden;
    note_read(office, asker, "list", {query.kind->tag, {}, {}}, true);
    return listing;
}

}  // namespace dossier::server
