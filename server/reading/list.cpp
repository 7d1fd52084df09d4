#include "server/reading/list.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/canonical.hpp"

#include "server/reading/find.hpp"

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

    void add(const RecordId& id, Listing& listing) {
        const auto place = office_.store().place(id);
        const auto values = office_.store().load(kind_.tag, id);
        if (!place || !values) return;
        Sights sights(office_, asker_, *place, *values);
        const Facet first = catalog::facets_of(kind_).front();
        const Sight& known = sights.of(first);
        if (!known.in_clear()) {
            listing.hidden +=
                known.decision.answer == access::Answer::Allow && !known.permitted ? 1U : 0U;
            return;
        }
        const bool may_stand = std::ranges::all_of(asked_, [&](const catalog::Field* field) {
            return is_clear(sights, *place, *values, *field);
        });
        if (may_stand) listing.records.push_back({id, seen(sights, *place, *values)});
    }

  private:
    bool is_listed(const Place& place, const FieldValues& values, const catalog::Field& field) {
        return catalog::facet_of(kind_, field) != Facet::Directory ||
               is_in_directory_of(office_, asker_, place, values, field.tag);
    }
    bool is_clear(Sights& sights,
                  const Place& place,
                  const FieldValues& values,
                  const catalog::Field& field) {
        return sights.of(catalog::facet_of(kind_, field)).in_clear() &&
               is_listed(place, values, field);
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
    const std::size_t wanted = query.limit;
    query.limit = std::min(wanted + 1, kPage);
    bool more = true;
    while (more && listing.records.size() < wanted) {
        const auto hits = office.store().page(query);
        more = hits.size() == query.limit;
        for (std::size_t at = 0; at < hits.size(); ++at) {
            if (listing.records.size() == wanted) {
                more = true;
                break;
            }
            query.after = hits[at].key();
            lister.add(hits[at].record, listing);
        }
        if (more && listing.records.size() < wanted) give_way();
    }
    if (more) listing.next = query.after;
    note_read(office, asker, "list", {query.kind->tag, {}, {}}, true);
    return listing;
}

}  // namespace dossier::server
