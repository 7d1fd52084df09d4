#include "client/intake/filled.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"

namespace dossier::client {
namespace {

using catalog::kCustomer;
using catalog::Kind;
using catalog::Lacking;

/// A record kept about the customer, with what of it this laptop may not see.
struct Kept {
    catalog::Member member;
    std::vector<std::uint16_t> hidden;
};

std::vector<Kept> kept_about(Store& store, const RecordId& customer) {
    std::vector<Kept> kept;
    for (const Kind* kind : catalog::kinds()) {
        if (catalog::is_file(*kind) || !catalog::is_demanded(*kind)) continue;
        const auto parent = catalog::find_field(*kind, kind->parent)->tag;
        for (const RecordId& id :
             store.replica.select({.kind = kind, .where = {{parent, customer}}})) {
            auto seen = store.replica.seen(*kind, id);
            if (!seen || find(seen->values, catalog::kDeletedAt) != nullptr) continue;
            kept.push_back({{kind, std::move(seen->values)}, std::move(seen->hidden)});
        }
    }
    return kept;
}

bool has(const std::vector<std::uint16_t>& hidden, const Lacking& each) {
    return std::ranges::find(hidden, each.field->tag) != hidden.end();
}

}  // namespace

Unfilled unfilled_here(Store& store, const RecordId& customer) {
    const auto seen = store.replica.seen(kCustomer, customer);
    if (!seen) return {};
    const auto kept = kept_about(store, customer);
    std::vector<catalog::Member> members;
    for (const Kept& each : kept) members.push_back(each.member);
    auto found = catalog::missing({seen->values, members}, catalog::Profile::Submission);
    std::erase_if(found, [&](const Lacking& each) {
        if (catalog::is_file(*each.kind)) return has(seen->hidden, each);
        return std::ranges::any_of(kept, [&](const Kept& record) {
            return record.member.kind == each.kind && has(record.hidden, each);
        });
    });
    Unfilled unfilled;
    for (const Lacking& each : found)
        (each.only_own || seen->own_unsent ? unfilled.lacking : unfilled.unsure).push_back(each);
    return unfilled;
}

}  // namespace dossier::client
