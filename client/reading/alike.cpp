#include "client/reading/alike.hpp"

#include <algorithm>

#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::kCustomer;

constexpr std::size_t kLookedAt = 50;
constexpr std::size_t kTold = 3;

/// Those that share an identity, a phone or the words of the name: few of many thousand.
std::vector<RecordId> likely(Store& store,
                             const FieldValues& values,
                             const rules::Profile& profile) {
    std::vector<RecordId> found;
    if (!store.search.is_complete()) store.search.catch_up();
    const auto search = [&](const std::string& text) {
        if (text.empty()) return;
        for (const Hit& hit : store.search.find(text, 0, kLookedAt)) {
            const auto* kind = catalog::find_kind(hit.kind);
            if (kind == nullptr || !(catalog::is_file(*kind) || kind->people)) continue;
            const auto row = store.replica.load(*kind, hit.record);
            if (row) found.push_back(store.replica.customer_of(*kind, hit.record, *row));
        }
    };
    for (const auto& of : kCustomer.fields) {
        if (of.identifies) search(text_in(values, of));
    }
    for (const auto& text : {profile.name, profile.short_name}) search(text);
    for (const auto& phone : profile.phones) search(phone);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

rules::Profile profile_here(Store& store, const RecordId& id) {
    Query query{.kind = &kContact};
    query.where = {{field(kContact, "customer_id").tag, id}};
    std::vector<FieldValues> contacts;
    for (const RecordId& contact : store.replica.select(query))
        contacts.push_back(store.replica.load(kContact, contact).value_or(FieldValues{}));
    return rules::profile_of(store.replica.load(kCustomer, id).value_or(FieldValues{}), contacts);
}

}  // namespace

std::vector<Alike> alike_here(Store& store,
                              const RecordId& customer,
                              const FieldValues& values,
                              const std::vector<FieldValues>& contacts) {
    const auto profile = rules::profile_of(values, contacts);
    std::vector<Alike> alike;
    for (const RecordId& id : likely(store, values, profile)) {
        if (id == customer || id.is_none()) continue;
        auto match = rules::compare(profile, profile_here(store, id));
        if (match.score >= rules::kCandidateScore || match.related)
            alike.push_back({id, std::move(match)});
    }
    std::sort(alike.begin(), alike.end(), [](const Alike& a, const Alike& b) {
        return std::tie(b.match.score, a.id) < std::tie(a.match.score, b.id);
    });
    if (alike.size() > kTold) alike.resize(kTold);
    return alike;
}

}  // namespace dossier::client
