#include "client/cli/alike.hpp"

#include <algorithm>

#include "common/catalog/contact.hpp"
#include "common/catalog/customer.hpp"
#include "common/rules/duplicates.hpp"

#include "client/cli/words.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::kContact;
using catalog::kCustomer;

constexpr std::size_t kLookedAt = 50;
constexpr std::size_t kTold = 3;

struct Alike {
    RecordId id;
    rules::Match match;
};

/// Those that share an identity, a phone or the words of the name: few of many thousand.
std::vector<RecordId> likely(Context& context,
                             const FieldValues& values,
                             const rules::Profile& profile) {
    std::vector<RecordId> found;
    if (!context.store->search.is_complete()) context.store->search.catch_up();
    const auto search = [&](const std::string& text) {
        if (text.empty()) return;
        for (const Hit& hit : context.store->search.find(text, 0, kLookedAt)) {
            const auto* kind = catalog::find_kind(hit.kind);
            if (hit.kind != kCustomer.tag && hit.kind != kContact.tag) continue;
            const auto row = context.store->replica.load(*kind, hit.record);
            if (row) found.push_back(context.store->replica.customer_of(*kind, hit.record, *row));
        }
    };
    for (const auto name : {"unified_code", "tax_no", "id_no"})
        search(text_in(values, kCustomer, name));
    for (const auto& text : {profile.name, profile.short_name}) search(text);
    for (const auto& phone : profile.phones) search(phone);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

rules::Profile profile_here(Context& context, const RecordId& id) {
    Query query{.kind = &kContact};
    query.where = {{field(kContact, "customer_id").tag, id}};
    std::vector<FieldValues> contacts;
    for (const RecordId& contact : context.store->replica.select(query))
        contacts.push_back(context.store->replica.load(kContact, contact).value_or(FieldValues{}));
    return rules::profile_of(context.store->replica.load(kCustomer, id).value_or(FieldValues{}),
                             contacts);
}

}  // namespace

void tell_who_is_alike(Context& context,
                       const RecordId& customer,
                       const FieldValues& values,
                       const std::vector<FieldValues>& contacts) {
    const auto profile = rules::profile_of(values, contacts);
    std::vector<Alike> alike;
    for (const RecordId& id : likely(context, values, profile)) {
        if (id == customer || id.is_none()) continue;
        auto match = rules::compare(profile, profile_here(context, id));
        if (match.score >= rules::kCandidateScore || match.related)
            alike.push_back({id, std::move(match)});
    }
    std::sort(alike.begin(), alike.end(), [](const Alike& a, const Alike& b) {
        return std::tie(b.match.score, a.id) < std::tie(a.match.score, b.id);
    });
    if (alike.size() > kTold) alike.resize(kTold);
    for (const auto& [id, match] : alike) {
        std::string reasons;
        for (const auto reason : match.reasons)
            reasons += (reasons.empty() ? "" : "; ") +
                       std::string(context.console.in(rules::reason_text(rules::word(reason))));
        context.console.note(
            {"提示：与本机已有的客户“{}”可能是同一家（{}）。两份都会保留，由信息员核对",
             "note: \"{}\" on this laptop may be the same customer ({}). Both are kept; a clerk "
             "looks at them"},
            {title_of(context, id), reasons});
    }
}

}  // namespace dossier::client
