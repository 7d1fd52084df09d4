#include "server/reading/residue.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/secrecy.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kSecrecyMarking;

bool watches_over_secrets(Office& office, const Asker& asker) {
    const auto& viewer = office.people().viewer(asker.who, office.now());
    const bool works = viewer.active && viewer.agreement_signed && !viewer.suspended;
    return works && std::ranges::any_of(viewer.roles, [](const access::Held& held) {
               return held.role == access::Role::ServiceManager ||
                      held.role == access::Role::GeneralManager;
           });
}

/// Of the laptops the mark names those that still have it.
void add(Office& office, const RecordId& id, const FieldValues& mark, std::vector<Residue>& all) {
    static constexpr auto& kLeft = field(kSecrecyMarking, "left_on");
    const Value* named = find(mark, kLeft.tag);
    if (named == nullptr) return;
    const Instant raised{number_in(mark, field(kSecrecyMarking, "effective_at").tag)};
    for (const RecordId& each : catalog::references_in(kLeft, *named)) {
        const auto laptop = office.store().device(each.as<DeviceTag>());
        if (!laptop || laptop->wipe == WipeState::Done || laptop->last_session > raised) continue;
        all.push_back(
            {.laptop = *laptop,
             .marking = id,
             .customer = record_in(mark, field(kSecrecyMarking, "customer_id")),
             .record = record_in(mark, field(kSecrecyMarking, "record_id")),
             .level = static_cast<int>(number_in(mark, field(kSecrecyMarking, "level").tag)),
             .raised_at = raised});
    }
}

}  // namespace

Result<std::vector<Residue>> list_residue(Office& office, const Asker& asker) {
    const bool allowed = watches_over_secrets(office, asker);
    note_read(office, asker, "residue", {kSecrecyMarking.tag, {}, {}}, allowed);
    if (!allowed) return fail(access::kFaultDenied);
    std::vector<Residue> all;
    auto& store = office.store();
    for (auto page = store.list(kSecrecyMarking.tag, {}, kWalkPage); !page.empty();
         page = store.list(kSecrecyMarking.tag, page.back(), kWalkPage)) {
        for (const RecordId& id : page)
            add(office, id, store.load(kSecrecyMarking.tag, id).value_or(FieldValues{}), all);
    }
    std::ranges::stable_sort(all, {}, &Residue::raised_at);
    return all;
}

}  // namespace dossier::server
