#include "server/intake/told.hpp"

#include <algorithm>
#include <set>

#include "common/base/reason.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/doc_request.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/task.hpp"
#include "common/catalog/wrong.hpp"
#include "common/merge/refusals.hpp"
#include "common/workflow/doc_request.hpp"

#include "server/intake/hand.hpp"
#include "server/intake/tasks.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kAttachment;
using catalog::kDocRequest;
using catalog::Kind;
using catalog::kNotification;

/// Who keeps the place the value names.
RecordId manager_of(Store& store, const RecordId& place) {
    const auto at = store.place(place);
    const auto* kind = at ? catalog::find_kind(at->kind) : nullptr;
    if (kind == nullptr || !catalog::is_place(*kind)) return {};
    return record_in(store.load(kind->tag, place).value_or(FieldValues{}), *kind,
                     "manager_user_id");
}

Status name_asked(const Desk& desk, const Kind& kind, FieldValues& values) {
    if (kind.asks.empty()) return {};
    const auto& of = *catalog::find_field(kind, kind.asks);
    const auto* stands_in = catalog::find_field(kind, of.instead);
    if (!catalog::asked_in(kind, values).empty() || stands_in == nullptr) return {};
    const RecordId place = record_in(values, *stands_in);
    if (place.is_none()) return {};  // that one of the two is said the catalog asks
    const RecordId manager = manager_of(desk.store, place);
    if (manager.is_none()) return fail(merge::kNobodyAsked, catalog::label_of(*stands_in));
    put(values, of, manager);
    return {};
}

/// What sorts of papers lie in the file that were made at `since` or later.
std::set<std::string> kinds_in(Store& store, const RecordId& customer, std::int64_t since) {
    std::set<std::string> kinds;
    for (const RecordId& id :
         store.find(kAttachment.tag, field(kAttachment, "customer_id").tag, customer)) {
        const auto paper = store.load(kAttachment.tag, id).value_or(FieldValues{});
        const bool counts = find(paper, catalog::kDeletedAt) == nullptr &&
                            number_in(paper, catalog::kCreatedAt) >= since;
        if (counts) kinds.insert('"' + text_in(paper, field(kAttachment, "doc_kind")) + '"');
    }
    return kinds;
}

}  // namespace

Status name_people(const Desk& desk, const Kind& kind, FieldValues& values) {
    if (auto named = name_asked(desk, kind, values); !named) return named;
    if (kind.tells_role.empty()) return {};
    const auto role = *access::role_from(kind.tells_role);
    std::vector<std::string> people;
    for (const UserId& person : holders_now(desk, role))
        people.push_back('"' + to_text(person) + '"');
    if (people.empty())
        return fail(merge::kNobodyTold, dossier::pair_of(access::facts(role).label));
    const auto& to = *catalog::find_field(kind, kind.told_to);
    put(values, to, catalog::from_elements(to, std::move(people)));
    put(values, *catalog::find_field(kind, kind.told_at), desk.bearer.now.ms);
    return {};
}

void tell_people(const Desk& desk, const Target& made) {
    const Kind& kind = *made.kind;
    if (kind.told_to.empty()) return;
    const auto& to = *catalog::find_field(kind, kind.told_to);
    const Value* people = find(made.values, to.tag);
    if (people == nullptr) return;
    for (const RecordId& person : catalog::references_in(to, *people)) {
        const Note note{.to = person.as<UserTag>(),
                        .kind = catalog::code_in(catalog::choices::kNotificationKind, "sent"),
                        .entity = kind.name,
                        .subject = made.place.record,
                        .text = dossier::pair_of(kind.label)};
        make_for_office(desk, kNotification, notification_of(note, desk.bearer.now));
    }
}

void papers_came(const Desk& desk, const RecordId& customer) {
    for (const RecordId& id :
         desk.store.find(kDocRequest.tag, field(kDocRequest, "customer_id").tag, customer)) {
        const auto request = desk.store.load(kDocRequest.tag, id).value_or(FieldValues{});
        if (text_in(request, field(kDocRequest, "state")) != catalog::DocRequestState::kOpen)
            continue;
        const auto there =
            kinds_in(desk.store, customer, number_in(request, field(kDocRequest, "papers_since")));
        const auto missing = catalog::elements_in(request, field(kDocRequest, "missing_kinds"));
        if (!std::ranges::all_of(missing, [&](const auto& kind) { return there.contains(kind); }))
            continue;
        follow(desk, workflow::kDocRequests, id, "complete");
    }
}

}  // namespace dossier::server
