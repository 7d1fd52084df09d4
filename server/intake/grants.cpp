#include "server/intake/grants.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/access/rules.hpp"
#include "common/base/text.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using access::Operation;
using catalog::field;
using catalog::kAccessGrant;
using catalog::kCustomer;

/// Elements of a list field; texts come with their quotes.
std::vector<std::string> elements_of(const FieldValues& values, const catalog::Field& of) {
    const Value* value = find(values, of.tag);
    return value == nullptr ? std::vector<std::string>{} : catalog::elements(*value);
}

std::optional<RecordId> target_in(const std::string& element) {
    if (element.size() < 2) return std::nullopt;
    return id_from<RecordId>(std::string_view(element).substr(1, element.size() - 2));
}

/// The file as access is decided on it; a region stands for any file in it.
std::optional<access::Subject> subject_of(Store& store, People& people, const RecordId& target) {
    const auto place = store.place(target);
    if (place && catalog::is_file(place->kind))
        return people.subject(*place, store.load(kCustomer.tag, target).value_or(FieldValues{}));
    const auto* kind = place ? catalog::find_kind(place->kind) : nullptr;
    const bool opens =
        kind != nullptr && catalog::may_name(kAccessGrant, field(kAccessGrant, "scope_ids"), *kind);
    if (!opens) return std::nullopt;
    access::Subject subject{.kind = kCustomer.tag};
    subject.regions = people.regions_above(target);
    return subject;
}

}  // namespace

Status may_manage(
    Store& store, People& people, const UserId& actor, const FieldValues& grant, Instant now) {
    const auto& viewer = people.viewer(actor, now);
    // Who asks is not who approves (domain 3.1).
    const Value* grantee = find(grant, field(kAccessGrant, "grantee_user_id").tag);
    if (grantee != nullptr && as_record(*grantee).as<UserTag>() == actor)
        return fail(access::kFaultDenied);
    if (number_in(grant, field(kAccessGrant, "max_level")) > viewer.clearance)
        return fail(access::kFaultDenied);
    const auto targets = elements_of(grant, field(kAccessGrant, "scope_ids"));
    if (targets.empty()) return fail(access::kFaultDenied);
    for (const auto& element : targets) {
        const auto target = target_in(element);
        const auto subject = target ? subject_of(store, people, *target) : std::nullopt;
        const auto answer = [&](Operation operation) {
            return access::decide(viewer, operation, *subject, Facet::Directory, {.now = now})
                .answer;
        };
        if (!subject || answer(Operation::LookUp) != Answer::Allow)
            return fail(merge::kUnknownRecord);
        if (answer(Operation::ManageAccess) != Answer::Allow) return fail(access::kFaultDenied);
    }
    return {};
}

Status within_limits(const FieldValues& grant) {
    if (character_count(text_in(grant, field(kAccessGrant, "purpose"))) < access::kPurposeMin)
        return fail(access::kFaultGrantPurpose);
    const std::chrono::milliseconds length{number_in(grant, field(kAccessGrant, "to_at")) -
                                           number_in(grant, field(kAccessGrant, "from_at"))};
    if (length > kGrantMax) return fail(access::kFaultGrantLength);
    const auto ops = elements_of(grant, field(kAccessGrant, "ops"));
    if (std::find(ops.begin(), ops.end(), "\"offline\"") == ops.end()) return {};
    const auto targets = elements_of(grant, field(kAccessGrant, "scope_ids")).size();
    if (length > kOfflineGrantMax || targets > kOfflineGrantCustomersMax)
        return fail(access::kFaultGrantLimits);
    return {};
}

}  // namespace dossier::server
