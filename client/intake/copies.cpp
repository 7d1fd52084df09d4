#include "client/intake/copies.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/customer.hpp"

namespace dossier::client {
namespace {

constexpr std::string_view kDayKey = "cards_day";
constexpr std::string_view kCountKey = "cards_copied";

}  // namespace

std::int64_t cards_left(Store& store, Instant now) {
    const bool today = store.meta.text(kDayKey) == office_date(now);
    return std::max<std::int64_t>(0, kCardsMax - (today ? store.meta.number(kCountKey) : 0));
}

void note_cards(Store& store, Instant now, std::int64_t cards) {
    store.meta.set_number(kCountKey, kCardsMax - cards_left(store, now) + cards);
    store.meta.set_text(kDayKey, office_date(now));
}

Result<std::vector<catalog::Facet>> card_of(const access::Viewer& viewer,
                                            const access::Subject& subject,
                                            std::string_view name,
                                            std::string_view purpose,
                                            Instant now) {
    std::vector<catalog::Facet> facets;
    access::Decision last;
    for (const catalog::Facet facet : catalog::facets_of(catalog::kCustomer)) {
        const auto decision = access::decide(viewer, access::Operation::CopyCard, subject, facet,
                                             {.now = now, .offline = true});
        if (decision.answer != access::Answer::Allow) {
            if (facets.empty()) last = decision;
            continue;
        }
        if (auto permitted = access::permit(decision, purpose); !permitted) return pass(permitted);
        facets.push_back(facet);
    }
    if (facets.empty()) return fail(kNoCard, name, last.rule);
    return facets;
}

}  // namespace dossier::client
