#include "server/reading/quality.hpp"

#include "common/base/told.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/completeness.hpp"
#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"

#include "server/intake/computed.hpp"
#include "server/reading/find.hpp"
#include "server/reading/view.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::kCustomer;

/// Of a field in a facet he does not see, its being empty is nothing to be told.
bool sees(Office& office,
          const Asker& asker,
          const Place& file,
          const FieldValues& values,
          const catalog::Lacking& lacking) {
    const auto facet = catalog::facet_of(*lacking.kind, *lacking.field);
    return catalog::is_file(*lacking.kind) ? sight_of(office, asker, file, values, facet).in_clear()
                                           : catalog::level_of(*lacking.kind, facet) < 2;
}

struct Stale {
    RecordId contact;
    std::int64_t days = 0;
};

/// Contacts who are still there and were confirmed, or entered, too long ago.
std::vector<Stale> stale_contacts(Office& office, const RecordId& customer) {
    constexpr std::int64_t kDay = std::chrono::milliseconds(std::chrono::hours(24)).count();
    auto& store = office.store();
    const auto most = setting(store, "stale.contact_days");
    std::vector<Stale> stale;
    for (const RecordId& id :
         store.find(kContact.tag, field(kContact, "customer_id").tag, customer)) {
        const auto contact = store.load(kContact.tag, id).value_or(FieldValues{});
        const bool gone = find(contact, catalog::kDeletedAt) != nullptr ||
                          find(contact, field(kContact, "left_on").tag) != nullptr;
        const auto since = number_in(contact, field(kContact, "confirmed_at").tag,
                                     number_in(contact, catalog::kCreatedAt));
        const std::int64_t days = (office.now().ms - since) / kDay;
        if (!gone && days > most) stale.push_back({id, days});
    }
    return stale;
}

}  // namespace

QualityTold quality_of(
    Office& office, const Asker& asker, const Place& place, const FieldValues& values, Lang lang) {
    QualityTold told;
    if (!catalog::is_file(place.kind) ||
        !sight_of(office, asker, place, values, Facet::Main).in_clear())
        return told;
    auto lacking = action::Json::array();
    std::string words;
    for (const auto& each :
         missing_in(office.store(), place, values, catalog::profile_of(values))) {
        if (!sees(office, asker, place, values, each)) continue;
        lacking.push_back(catalog::called(each, lang));
        words += (words.empty()      ? ""
                  : lang == Lang::Zh ? "、"
                                     : ", ") +
                 catalog::called(each, lang);
    }
    auto stale = action::Json::array();
    for (const auto& [contact, days] : stale_contacts(office, place.record)) {
        const auto title = title_of(office, asker, contact);
        stale.push_back({{"id", to_text(contact)}, {"title", title}, {"days", days}});
        told.lines.push_back(
            fill(Text{"{} 已 {} 天未核实", "{} was last confirmed {} days ago"}.in(lang),
                 std::array{title, std::to_string(days)}));
    }
    if (!words.empty())
        told.lines.insert(told.lines.begin(),
                          fill(Text{"还缺：{}", "still lacking: {}"}.in(lang), std::array{words}));
    told.document = {{"completeness", number_in(values, field(kCustomer, "completeness_bp"))},
                     {"lacking", std::move(lacking)},
                     {"stale", std::move(stale)}};
    return told;
}

}  // namespace dossier::server
