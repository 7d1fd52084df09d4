#include "server/intake/asking.hpp"

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/catalog/access_request.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/chains.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/grants.hpp"
#include "server/intake/merge.hpp"
#include "server/intake/tasks.hpp"
#include "server/settings/settings.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAccessGrant;
using catalog::kAccessRequest;

std::vector<RecordId> files_asked_for(const FieldValues& request) {
    static constexpr auto& kFiles = field(kAccessRequest, "customer_ids");
    const Value* named = find(request, kFiles.tag);
    return named == nullptr ? std::vector<RecordId>{} : catalog::references_in(kFiles, *named);
}

/// The grant it asks for, beginning now.
FieldValues grant_for(const Desk& desk, const FieldValues& request) {
    const auto value = [&](std::string_view name) {
        const Value* found = find(request, catalog::find_field(kAccessRequest, name)->tag);
        return found == nullptr ? Value{} : *found;
    };
    const auto files = files_asked_for(request).size();
    const auto days = number_in(request, field(kAccessRequest, "days").tag, 1);
    const Instant from = desk.bearer.now;
    FieldValues grant;
    put(grant, field(kAccessGrant, "grantee_user_id"), value("requested_by"));
    put(grant, field(kAccessGrant, "scope_kind"), std::string(files == 1 ? "customer" : "set"));
    put(grant, field(kAccessGrant, "scope_ids"), value("customer_ids"));
    put(grant, field(kAccessGrant, "max_level"), value("max_level"));
    put(grant, field(kAccessGrant, "ops"), value("ops"));
    put(grant, field(kAccessGrant, "purpose"), value("use"));
    put(grant, field(kAccessGrant, "from_at"), from.ms);
    put(grant, field(kAccessGrant, "to_at"), from.plus(std::chrono::hours(24) * days).ms);
    return grant;
}

/// The approval under which the request was signed.
RecordId approval_of(const Desk& desk, const RecordId& request) {
    const auto found = desk.store.find(catalog::kApproval.tag,
                                       field(catalog::kApproval, "subject_id").tag, request);
    return found.empty() ? RecordId{} : found.back();
}

}  // namespace

std::string_view signers_of_request(const Desk&, const FieldValues& request) {
    const auto wanted = text_in(request, field(kAccessRequest, "wanted"));
    return wanted == catalog::code_in(catalog::choices::kRequestFor, "extract")
               ? workflow::chains::kOfExtract
               : std::string_view();
}

std::vector<access::Subject> subjects_of_request(const Desk& desk, const FieldValues& request) {
    std::vector<access::Subject> subjects;
    for (const RecordId& id : files_asked_for(request)) {
        const auto file = customer_target(desk, id);
        subjects.push_back(desk.people.subject(file.place, file.values));
    }
    return subjects;
}

Status request_fits(const Hand& hand) {
    const Desk& desk = hand.desk;
    const auto& request = hand.target.values;
    // Nobody asks for another: who signs, and who gets it, would be one (domain 3.1).
    const auto asker = record_in(request, field(kAccessRequest, "requested_by")).as<UserTag>();
    if (!desk.is_system() && asker != desk.bearer.user) return fail(access::kFaultDenied);
    for (const access::Subject& file : subjects_of_request(desk, request)) {
        if (!desk.is_system() && !is_known_to(desk, file, catalog::kCustomer))
            return fail(merge::kUnknownRecord);
    }
    if (!access::states_purpose(text_in(request, field(kAccessRequest, "use"))))
        return fail(merge::kRequestPurpose);
    const auto longest = setting(desk.store, "access.grant_max_days");
    if (number_in(request, field(kAccessRequest, "days").tag, 1) > longest)
        return fail(merge::kRequestTerm, std::to_string(longest));
    return within_limits(grant_for(desk, request));
}

Status give_access(Hand& hand) {
    const Desk& desk = hand.desk;
    auto grant = grant_for(desk, hand.target.values);
    if (auto within = within_limits(grant); !within) return within;
    put(grant, field(kAccessGrant, "approval_id"),
        to_text(approval_of(desk, hand.target.place.record)));
    const auto until = number_in(grant, field(kAccessGrant, "to_at").tag);
    const RecordId made = make_for_office(desk, kAccessGrant, std::move(grant));
    put(hand.after, field(kAccessRequest, "grant_id"), made);
    put(hand.after, field(kAccessRequest, "until_at"), until);
    return {};
}

}  // namespace dossier::server
