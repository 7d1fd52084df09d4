#include "server/intake/consents.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/consent.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/merge/refusals.hpp"
#include "common/rules/consent.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kConsent;
using catalog::kTask;

constexpr auto kTaskKind = catalog::code_in(catalog::choices::kTaskKind, "follow_up");

/// Whether the record is a person's by what it says itself (`Kind::person_when`).
bool is_person(const catalog::Kind& kind, const FieldValues& values) {
    return catalog::says_so(kind, kind.person_when, values);
}

/// Whether one of the values is a person's own, and says something.
bool says_personal(const Target& target, const FieldValues& written) {
    const auto& kind = *target.kind;
    const bool person = is_person(kind, target.values) || is_person(kind, written);
    return std::ranges::any_of(written, [&](const FieldValue& each) {
        const auto* of = catalog::find_field(kind, each.tag);
        if (of == nullptr || of->tag <= catalog::kCommonTagMax || is_empty(each.value))
            return false;
        if (of->name == kind.parent) return false;
        return kind.personal ||
               (person && of->level >= catalog::Level::L2 && !catalog::is_server_set(*of));
    });
}

/// Evidence that was taken away is none.
void drop_lost_evidence(Store& store, FieldValues& consent) {
    static constexpr auto& kEvidence = field(kConsent, "evidence_id");
    const auto paper = record_in(consent, kEvidence);
    const auto place = paper.is_none() ? std::nullopt : store.place(paper);
    const auto values = place ? store.load(place->kind, paper) : std::nullopt;
    if (!values || find(*values, catalog::kDeletedAt) != nullptr) put(consent, kEvidence, {});
}

std::vector<FieldValues> consents_of(Store& store, const RecordId& customer) {
    std::vector<FieldValues> all;
    for (const RecordId& id :
         store.find(kConsent.tag, field(kConsent, "customer_id").tag, customer)) {
        auto consent = store.load(kConsent.tag, id).value_or(FieldValues{});
        // That it was withdrawn stays true when the paper is taken away.
        const bool counts = find(consent, catalog::kDeletedAt) == nullptr ||
                            find(consent, field(kConsent, "withdrawn_on").tag) != nullptr;
        if (!counts) continue;
        drop_lost_evidence(store, consent);
        all.push_back(std::move(consent));
    }
    return all;
}

bool is_told(Store& store, const RecordId& customer) {
    const auto tasks = store.find(kTask.tag, field(kTask, "subject_id").tag, customer);
    return std::ranges::any_of(tasks, [&](const RecordId& id) {
        const auto task = store.load(kTask.tag, id).value_or(FieldValues{});
        return text_in(task, field(kTask, "kind")) == kTaskKind &&
               text_in(task, field(kTask, "state")) == catalog::TaskState::kOpen;
    });
}

/// Words that were not taken wait on a laptop: who answers for the files sees to it.
void tell_managers(const Desk& desk, const RecordId& customer, const std::string& withdrawn) {
    if (is_told(desk.store, customer)) return;
    for (const UserId& manager : holders_now(desk, access::Role::ServiceManager)) {
        FieldValues task;
        put(task, field(kTask, "kind"), std::string(kTaskKind));
        put(task, field(kTask, "entity"), std::string(catalog::kCustomer.name));
        put(task, field(kTask, "subject_id"), customer);
        put(task, field(kTask, "customer_id"), customer);
        put(task, field(kTask, "text"),
            dossier::pair_of({"授权已撤回，其后写入的个人资料未采纳",
                              "personal data written after the consent was withdrawn were not "
                              "taken"}) +
                " (" + withdrawn + ")");
        put(task, field(kTask, "assignee_id"), manager.as<RecordTag>());
        make_for_office(desk, kTask, std::move(task));
    }
}

}  // namespace

Status check_consent(const Desk& desk, const Target& target, const FieldValues& written) {
    const RecordId customer = target.place.customer;
    if (desk.is_system() || customer.is_none() || !says_personal(target, written)) return {};
    const auto& kind = *target.kind;
    const Value* above =
        kind.personal ? find(written, catalog::find_field(kind, kind.parent)->tag) : nullptr;
    const RecordId contact = above != nullptr ? as_record(*above)
                             : kind.personal  ? record_in(target.values, kind, kind.parent)
                                              : RecordId{};
    const auto all = consents_of(desk.store, customer);
    const auto withdrawn = rules::withdrawn_on(all, contact, office_date(desk.bearer.at));
    if (!withdrawn) return {};
    if (desk.from_laptop()) {
        audit(desk, "refused", target, "denied", merge::kConsentWithdrawn.id);
        tell_managers(desk, customer, *withdrawn);
    }
    return fail(merge::kConsentWithdrawn, *withdrawn);
}

bool stands_alone(const Desk& desk, const merge::Verdict& verdict) {
    return desk.from_laptop() && verdict.reason == merge::kConsentWithdrawn.id;
}

}  // namespace dossier::server
