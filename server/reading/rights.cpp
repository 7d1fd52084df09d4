#include "server/reading/rights.hpp"

#include "common/access/faults.hpp"
#include "common/catalog/organisation.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {

using catalog::kDevice;

Status may_administer(Office& office, const UserId& actor) {
    if (actor.is_none()) return {};
    const access::Subject devices{.kind = kDevice.tag, .level = 0};
    const auto& viewer = office.people().viewer(actor, office.now());
    const auto decision =
        access::decide(viewer, access::Operation::Administer, devices,
                       catalog::facets_of(kDevice).front(), {.now = office.now()});
    if (decision.answer != access::Answer::Allow) return fail(access::kFaultDenied);
    return {};
}

Status may_back_up(Office& office, const Asker& asker) {
    auto allowed = may_administer(office, asker.who);
    note_read(office, asker, "backup", {}, allowed.has_value());
    return allowed;
}

bool may_verify(Office& office, const Asker& asker, const Place& place, const FieldValues& values) {
    auto& people = office.people();
    const auto subject = people.subject(place, values);
    return access::decide(people.viewer(asker.who, office.now()), access::Operation::Verify,
                          subject, Facet::Main, {.now = office.now()})
               .answer == access::Answer::Allow;
}

}  // namespace dossier::server
