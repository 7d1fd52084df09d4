#include "server/reading/list.hpp"

#include <algorithm>
#include <map>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/wrong.hpp"

#include "server/reading/extents.hpp"
#include "server/reading/heard.hpp"

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

    /// Errors: see list_records.
    Status may_ask(Listing& listing) {
        for (const auto* field : asked_) {
            const auto label = catalog::label_of(*field);
            switch (prospect_of(office_, asker_, kind_, catalog::facet_of(kind_, *field))) {
                case Prospect::None:
                    return fail(access::kFaultFieldHidden, label);
                case Prospect::ForPurpose:
                    return fail(access::kFaultFieldPurpose, label);
                case Prospect::Some:
                    if (std::ranges::find(listing.narrowed_by, field) == listing.narrowed_by.end())
                        listing.narrowed_by.push_back(field);
                    break;
                case Prospect::All:
                    break;
            }
        }
        return {};
    }

    struct Judged {
        std::optional<Listed> shown;
        bool hidden = false;  ///< shown once a purpose is stated
    };
    Judged judge(const RecordId& id) {
        const auto place = office_.store().place(id);
        const auto held = office_.store().load(kind_.tag, id);
        if (!place || !held) return {};
        const auto heard = as_heard(office_, asker_, kind_, *held);
        const auto* values = &heard;
        Sights sights(office_, asker_, *place, *values);
        const Sight& known = sights.of(catalog::facets_of(kind_).front());
        if (known.decision.answer != access::Answer::Allow) return {};
        // Without the purpose it is as if he had stated one: what he is told of is what it lists.
        const bool hidden = !known.permitted;
        const bool may_stand = std::ranges::all_of(asked_, [&](const catalog::Field* field) {
            // It was found by what it says, which is more than he may hear.
            const Value* said = find(heard, field->tag);
            const bool whole = said == nullptr || *said == *find(*held, field->tag);
            return whole && is_clear(sights, *place, *values, *field, hidden);
        });
        if (!may_stand || hidden) return {{}, may_stand && hidden};
        return {seen(sights, *place, *values, id)};
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
    Listed seen(Sights& sights, const Place& place, const FieldValues& values, const RecordId& id) {
        Listed seen{id, {}};
        for (const auto* field : catalog::all_fields(kind_)) {
            const Sight& sight = sights.of(catalog::facet_of(kind_, *field));
            if (!sight.permitted || !is_listed(place, values, *field)) {
                seen.hidden.push_back(field);
                continue;
            }
            const Value* value = find(values, field->tag);
            if (value == nullptr) continue;
            if (sight.decision.answer == access::Answer::Allow)
                assign(seen.values, field->tag, *value);
            if (sight.decision.answer == access::Answer::Mask)
                assign(seen.values, field->tag, catalog::masked(*field, *value));
        }
        return seen;
    }

    Office& office_;
    const Asker& asker_;
    const catalog::Kind& kind_;
    std::vector<const catalog::Field*> asked_;
};

/// Every record of the kind, or of one file, in its usual order, from the first on.
bool is_plain(const query::Query& query) {
    std::string_view usual = query.kind->list_order;
    if (usual.starts_with('-')) usual.remove_prefix(1);
    const bool unfiltered = std::ranges::all_of(query.where, [&](const query::Filter& filter) {
        return filter.field->name == query.kind->parent && filter.test == query::Test::Equal;
    });
    return unfiltered && !query.after &&
           (query.order.field == nullptr || query.order.field->name == usual);
}

}  // namespace

Result<Listing> list_records(Office& office,
                             const Asker& asker,
                             query::Query query,
                             const std::function<void()>& give_way) {
    Listing listing;
    Lister lister(office, asker, query);
    if (auto may = lister.may_ask(listing); !may) {
        note_read(office, asker, "list", {query.kind->tag, {}, {}}, false);
        return pass(may);
    }
    const bool plain = is_plain(query);
    query.within = extents_for(office, asker, *query.kind, lister.facets());
    const std::size_t wanted = query.limit;
    std::optional<query::PageKey> last;
    query.limit = std::min(wanted + 1, kPage);
    for (bool more = true; more && !listing.next;) {
        const auto hits = office.store().page(query);
        more = hits.size() == query.limit;
        for (const query::Hit& hit : hits) {
            query.after = hit.key();
            auto judged = lister.judge(hit.record);
            listing.hidden += judged.hidden ? 1U : 0U;
            if (!judged.shown) continue;
            if (listing.records.size() == wanted) {
                listing.next = last;
                break;
            }
            listing.records.push_back(std::move(*judged.shown));
            last = hit.key();
        }
        query.limit = kPage;
        if (more && !listing.next) give_way();
    }
    if (!plain || listing.next) {
        listing.hidden = 0;
        listing.unlooked = could_hide(office, asker, *query.kind);
    }
    note_read(office, asker, "list", {query.kind->tag, {}, {}}, true);
    return listing;
}

}  // namespace dossier::server
