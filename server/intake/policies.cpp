#include "server/intake/policies.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/policy.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/policy.hpp"

#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAcknowledgement;
using catalog::kNotification;
using catalog::kPolicy;

std::string word_in(const FieldValues& policy, std::string_view name) {
    return text_in(policy, *catalog::find_field(kPolicy, name));
}

/// Documents of this code but this one, with what they say.
std::vector<std::pair<RecordId, FieldValues>> versions(const Hand& hand) {
    std::vector<std::pair<RecordId, FieldValues>> found;
    const auto code = word_in(hand.target.values, "code");
    for (const RecordId& id :
         hand.desk.store.find(kPolicy.tag, field(kPolicy, "code").tag, Value(code))) {
        if (id == hand.target.place.record) continue;
        found.emplace_back(id, hand.desk.store.load(kPolicy.tag, id).value_or(FieldValues{}));
    }
    return found;
}

bool writes_for(const Desk& desk, const RecordId& department) {
    const auto& viewer = desk.people.viewer(desk.bearer.user, desk.bearer.now);
    return viewer.department == department ||
           std::ranges::find(viewer.roles, access::Role::GeneralManager, &access::Held::role) !=
               viewer.roles.end();
}

void tell_everybody(const Desk& desk, const RecordId& policy, const std::string& words) {
    using catalog::kUser;
    RecordId after;
    for (auto page = desk.store.list(kUser.tag, after, kWalkPage); !page.empty();
         page = desk.store.list(kUser.tag, page.back(), kWalkPage)) {
        for (const RecordId& person : page) {
            if (!desk.people.viewer(person.as<UserTag>(), desk.bearer.now).active) continue;
            FieldValues note;
            put(note, field(kNotification, "to_user_id"), person);
            put(note, field(kNotification, "kind"),
                std::string(catalog::code_in(catalog::choices::kNotificationKind, "sent")));
            put(note, field(kNotification, "entity"), std::string(kPolicy.name));
            put(note, field(kNotification, "subject_id"), policy);
            put(note, field(kNotification, "text"), words);
            put(note, field(kNotification, "sent_at"), desk.bearer.now.ms);
            make_for_office(desk, kNotification, std::move(note));
        }
    }
}

FieldValues policy_of(const Hand& hand) {
    const auto id = record_in(hand.target.values, field(kAcknowledgement, "policy_id"));
    return hand.desk.store.load(kPolicy.tag, id).value_or(FieldValues{});
}

}  // namespace

Status version_is_new(const Hand& hand) {
    const auto& policy = hand.target.values;
    if (!hand.desk.is_system() &&
        !writes_for(hand.desk, record_in(policy, field(kPolicy, "department_id"))))
        return fail(access::kFaultDenied);
    const auto version = word_in(policy, "version");
    for (const auto& [id, other] : versions(hand)) {
        if (word_in(other, "version") == version)
            return fail(merge::kVersionThere, word_in(policy, "code"), version);
    }
    return {};
}

Status issue_document(Hand& hand) {
    for (const auto& [id, other] : versions(hand)) {
        if (word_in(other, "state") == workflow::policy::kInEffect)
            follow(hand.desk, workflow::kPolicies, id, "replace");
    }
    const std::array named{word_in(hand.target.values, "title"),
                           word_in(hand.target.values, "version")};
    tell_everybody(
        hand.desk, hand.target.place.record,
        dossier::pair_of(
            {fill("制度《{}》{} 版施行，请阅读并签收", named),
             fill("policy \"{}\" version {} is in effect: read and acknowledge it", named)}));
    return {};
}

Status policy_in_effect(const Hand& hand) {
    const auto reader = record_in(hand.target.values, field(kAcknowledgement, "user_id"));
    if (!hand.desk.is_system() && reader != hand.desk.bearer.user.as<RecordTag>())
        return fail(access::kFaultDenied);
    return word_in(policy_of(hand), "state") == workflow::policy::kInEffect
               ? Status{}
               : fail(merge::kNotInEffect);
}

Status note_version(Hand& hand) {
    put(hand.after, field(kAcknowledgement, "version"), word_in(policy_of(hand), "version"));
    return {};
}

}  // namespace dossier::server
