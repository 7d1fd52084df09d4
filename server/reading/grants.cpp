#include "server/reading/grants.hpp"

#include "common/catalog/organisation.hpp"

#include "server/intake/grants.hpp"

namespace dossier::server {
namespace {

using catalog::kAccessGrant;

GrantRight right_to(Office& office,
                    const Asker& asker,
                    const RecordId& id,
                    const FieldValues& values) {
    if (may_manage(office.store(), office.people(), asker.who, values, office.now()))
        return GrantRight::Manages;
    const auto seen = may_view(office, asker, {kAccessGrant.tag, id, {}}, values, Facet::Main);
    return seen.answer == access::Answer::Allow ? GrantRight::Knows : GrantRight::None;
}

}  // namespace

GrantRight right_to_grant(Office& office, const Asker& asker, const RecordId& grant) {
    return right_to(office, asker, grant,
                    office.store().load(kAccessGrant.tag, grant).value_or(FieldValues{}));
}

std::vector<Listed> known_grants(Office& office, const Asker& asker) {
    auto& store = office.store();
    std::vector<Listed> grants;
    for (auto page = store.list(kAccessGrant.tag, {}, kWalkPage); !page.empty();
         page = store.list(kAccessGrant.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page) {
            auto values = store.load(kAccessGrant.tag, id).value_or(FieldValues{});
            if (right_to(office, asker, id, values) != GrantRight::None)
                grants.push_back({id, std::move(values)});
        }
    }
    note_read(office, asker, "list", {kAccessGrant.tag, {}, {}}, true);
    return grants;
}

}  // namespace dossier::server
