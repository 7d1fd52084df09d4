#include "server/intake/events.hpp"

#include <algorithm>

#include "common/access/faults.hpp"
#include "common/base/plant.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/review.hpp"
#include "common/catalog/value_json.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/admission.hpp"
#include "server/intake/computed.hpp"
#include "server/intake/grants.hpp"
#include "server/intake/matters.hpp"
#include "server/intake/references.hpp"

namespace dossier::server {
namespace {

using access::Operation;
using catalog::field;
using catalog::kAccessGrant;
using catalog::kCase;
using catalog::kCustomer;
using catalog::kProposal;
using merge::VerdictKind;

std::string number_text(const FieldValues& values) {
    const Value* number = find(values, field(kCase, "number").tag);
    return number == nullptr ? "?" : std::to_string(as_number(*number).value_or(0));
}

/// One event while it is carried out.
struct Event {
    const Desk& desk;
    const merge::Op& op;
    Target target;
    FieldValues after;
};

Status apply_fields(Event& event, std::initializer_list<std::string_view> allowed) {
    for (const auto& [tag, value] : event.op.fields) {
        const auto* of = catalog::find_field(*event.target.kind, tag);
        if (of == nullptr || std::find(allowed.begin(), allowed.end(), of->name) == allowed.end())
            return fail(merge::kUnknownField, std::to_string(tag));
        auto valid = catalog::validate(*of, value, event.desk.bearer.latest());
        if (!valid) return pass(valid);
        const bool names_record = of->type == catalog::Type::Ref && !is_empty(*valid);
        if (names_record && !event.desk.store.place(as_record(*valid)))
            return fail(merge::kUnknownRecord);
        assign(event.after, tag, std::move(*valid));
    }
    return check_references(event.desk, *event.target.kind, event.op.fields);
}

/// To whom a record is unknown, nothing else may be said of it.
Status must_know(const Desk& desk, const Place& place, const FieldValues& values) {
    if (desk.is_system()) return {};
    const auto* kind = catalog::find_kind(place.kind);
    if (!is_known_to(desk, desk.people.subject(place, values), *kind))
        return fail(merge::kUnknownRecord);
    return {};
}

// ---- customer -------------------------------------------------------------------------------

Status post(Event& event) {
    if (auto allowed = may(event.desk, Operation::Verify, event.target.place, event.target.values,
                           Facet::Main);
        !allowed)
        return allowed;
    if (text_in(event.after, field(kCustomer, "file_state")) == "active")
        return fail(merge::kSettled, text_in(event.after, field(kCustomer, "customer_no")));
    assign(event.after, field(kCustomer, "file_state").tag, std::string("active"));
    if (find(event.after, field(kCustomer, "customer_no").tag) == nullptr) {
        assign(event.after, field(kCustomer, "customer_no").tag,
               next_customer_no(event.desk.store, event.after, event.desk.bearer.now));
    }
    assign(event.after, field(kCustomer, "last_verified_at").tag, event.desk.bearer.now.ms);
    return {};
}

/// Nobody hands over what is out of his reach, nor hands it out of his reach (domain 3.3: a
/// regional manager within the region). Who serves a customer is also for who manages the access to
/// it: the service manager.
Status transfer(Event& event) {
    static constexpr auto& kService = field(kCustomer, "service_user_id");
    const auto& given = event.op.fields;
    const bool serves_only = std::all_of(given.begin(), given.end(), [](const FieldValue& each) {
        return each.tag == kService.tag;
    });
    const auto allowed = [&](const FieldValues& values) {
        const auto may_do = [&](Operation operation) {
            return may(event.desk, operation, event.target.place, values, Facet::Directory);
        };
        auto moves = may_do(Operation::Transfer);
        return !moves && serves_only ? may_do(Operation::ManageAccess) : moves;
    };
    if (auto before = allowed(event.target.values); !before) return before;
    if (auto applied =
            apply_fields(event, {"owner_user_id", "service_user_id", "region_id", "department_id"});
        !applied)
        return applied;
    return allowed(event.after) ? Status{} : fail(access::kFaultDenied);
}

/// Who may set this level instead of that one: the general manager all; the service manager up to
/// 机密, both ways; the marketing director up to 机密, but no lower (domain 3.3).
bool may_mark(access::Role role, std::int64_t from, std::int64_t to) {
    constexpr std::int64_t kConfidential = 2;
    if (role == access::Role::GeneralManager) return true;
    if (std::max(from, to) > kConfidential) return false;
    return role == access::Role::ServiceManager ||
           (role == access::Role::MarketingDirector && to >= from);
}

Status mark(Event& event) {
    if (auto known = must_know(event.desk, event.target.place, event.target.values);
        !known && !is_planted(Plant::MarkTells))
        return known;
    using catalog::kSecrecyLevel;
    const Value* level = find(event.op.fields, kSecrecyLevel);
    const Value* held_level = find(event.target.values, kSecrecyLevel);
    const auto wanted = level == nullptr ? 3 : as_number(*level).value_or(3);
    const auto from = held_level == nullptr ? 1 : as_number(*held_level).value_or(1);
    const auto& viewer = event.desk.people.viewer(event.desk.bearer.user, event.desk.bearer.now);
    const bool allowed =
        event.desk.is_system() ||
        std::any_of(viewer.roles.begin(), viewer.roles.end(),
                    [&](const access::Held& held) { return may_mark(held.role, from, wanted); });
    if (!allowed) return fail(access::kFaultDenied);
    if (!event.desk.is_system() &&
        text_in(event.target.values, field(kCustomer, "file_state")) == "destroyed")
        return fail(access::kFaultDestroyed);
    return apply_fields(event, {"secrecy_level"});
}

// ---- grants ---------------------------------------------------------------------------------

Status revoke(Event& event) {
    const Desk& desk = event.desk;
    if (!desk.is_system()) {
        if (auto allowed = may_manage(desk.store, desk.people, desk.bearer.user,
                                      event.target.values, desk.bearer.now);
            !allowed)
            return allowed;
    }
    if (find(event.after, field(kAccessGrant, "revoked_at").tag) != nullptr)
        return fail(merge::kSettled, "");
    assign(event.after, field(kAccessGrant, "revoked_at").tag, event.desk.bearer.now.ms);
    if (!event.desk.is_system())
        assign(event.after, field(kAccessGrant, "revoked_by").tag,
               event.desk.bearer.user.as<RecordTag>());
    return {};
}

// ---- cases and proposals --------------------------------------------------------------------

/// What a case or proposal is about.
struct About {
    Target target;
    FieldValues current;  ///< of the group
};

Result<About> about(const Event& event, Operation operation) {
    const auto& kind_of_matter = *event.target.kind;
    const Value* record =
        find(event.target.values, catalog::find_field(kind_of_matter, "record_id")->tag);
    const auto* kind = catalog::find_kind(
        text_in(event.target.values, *catalog::find_field(kind_of_matter, "entity")));
    const auto place =
        record == nullptr ? std::nullopt : event.desk.store.place(as_record(*record));
    if (kind == nullptr || !place) return fail(merge::kUnknownRecord);
    About about{
        {.place = *place,
         .kind = kind,
         .values = event.desk.store.load(kind->tag, place->record).value_or(FieldValues{})}};
    const auto* group = catalog::find_field(
        *kind, text_in(event.target.values, *catalog::find_field(kind_of_matter, "field")));
    if (group == nullptr) return fail(merge::kUnknownRecord);
    about.target.group = catalog::group_of(*kind, *group);
    about.current = about.target.part(about.target.values);
    if (auto allowed = may(event.desk, operation, about.target.place, about.target.values,
                           about.target.facet());
        !allowed)
        return pass(allowed);
    return about;
}

void sign(Event& event, std::string_view by, std::string_view at) {
    const auto& kind = *event.target.kind;
    if (!event.desk.is_system())
        assign(event.after, catalog::find_field(kind, by)->tag,
               event.desk.bearer.user.as<RecordTag>());
    assign(event.after, catalog::find_field(kind, at)->tag, event.desk.bearer.now.ms);
    if (!event.desk.changeset.reason.empty())
        assign(event.after, catalog::find_field(kind, "reason")->tag,
               std::string(head(event.desk.changeset.reason, 500)));
}

/// The Set of the same changeset has just made the chosen value current; if it did not, somebody
/// moved the case meanwhile and the reviewer must look again.
Status rule(Event& event) {
    auto matter = about(event, Operation::Rule);
    if (!matter) return pass(matter);
    const auto state = text_in(event.after, field(kCase, "state"));
    if (state == "ruled") return fail(merge::kSettled, number_text(event.after));
    const Value* chosen = find(event.op.fields, field(kCase, "resolved_value").tag);
    const auto* json = chosen == nullptr ? nullptr : as_text(*chosen);
    if (json == nullptr || catalog::values_json(*matter->target.kind, matter->current) != *json)
        return fail(merge::kStale);
    if (auto applied = apply_fields(event, {"resolution", "resolved_value", "current_value"});
        !applied)
        return applied;
    assign(event.after, field(kCase, "state").tag, std::string("ruled"));
    sign(event, "resolved_by", "resolved_at");
    return {};
}

Status reopen(Event& event) {
    const auto matter = about(event, Operation::Rule);
    if (!matter) return tl::unexpected(matter.error());
    if (text_in(event.after, field(kCase, "state")) != "ruled")
        return fail(merge::kSettled, number_text(event.after));
    const bool was_auto = text_in(event.after, field(kCase, "class")) == "C-02";
    assign(event.after, field(kCase, "state").tag, std::string(was_auto ? "auto" : "open"));
    for (const auto name :
         {"resolution", "resolved_value", "resolved_by", "resolved_at", "reason"}) {
        assign(event.after, catalog::find_field(kCase, name)->tag, {});
    }
    return {};
}

Status settle_proposal(Event& event, std::string_view state) {
    const auto matter = about(event, Operation::Verify);
    if (!matter) return tl::unexpected(matter.error());
    if (text_in(event.after, field(kProposal, "state")) != "open")
        return fail(merge::kSettled, number_text(event.after));
    const Value* proposed_by = find(event.after, field(kProposal, "proposed_by").tag);
    const bool own =
        proposed_by != nullptr && as_record(*proposed_by).as<UserTag>() == event.desk.bearer.user;
    if (own && state == "accepted") return fail(access::kFaultDenied);  // requester ≠ approver
    if (state == "accepted" && catalog::values_json(*matter->target.kind, matter->current) !=
                                   text_in(event.after, field(kProposal, "new_value")))
        return fail(merge::kStale);
    assign(event.after, field(kProposal, "state").tag, std::string(state));
    sign(event, "verified_by", "verified_at");
    return {};
}

Status accept(Event& event) {
    return settle_proposal(event, "accepted");
}
Status refuse(Event& event) {
    return settle_proposal(event, "refused");
}

struct EventRule {
    std::string_view name;
    const catalog::Kind* kind;
    Status (*carry_out)(Event&);
};
constexpr EventRule kEvents[] = {
    {"post", &kCustomer, post},     {"transfer", &kCustomer, transfer},
    {"mark", &kCustomer, mark},     {"revoke", &kAccessGrant, revoke},
    {"rule", &kCase, rule},         {"reopen", &kCase, reopen},
    {"accept", &kProposal, accept}, {"refuse", &kProposal, refuse},
};

FieldValues without_empty(const FieldValues& values) {
    FieldValues kept;
    for (const auto& entry : values) {
        if (!is_empty(entry.value)) kept.push_back(entry);
    }
    return kept;
}

}  // namespace

merge::Verdict admit_event(const Desk& desk, const merge::Op& op) {
    const auto* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr)
        return parked(Error{&merge::kUnknownKind, {std::to_string(op.record_kind)}});
    const auto rule_for =
        std::find_if(std::begin(kEvents), std::end(kEvents), [&](const EventRule& known) {
            return known.name == op.event && known.kind->tag == kind->tag;
        });
    if (rule_for == std::end(kEvents))
        return parked(Error{&merge::kUnknownEvent, {std::string(head(op.event, 40))}});
    Event event{
        desk, op, {.place = desk.store.place(op.record).value_or(Place{}), .kind = kind}, {}};
    const auto values =
        event.target.place.kind == kind->tag ? desk.store.load(kind->tag, op.record) : std::nullopt;
    if (!values) return refused(Error{&merge::kUnknownRecord, {}});
    event.target.values = *values;
    event.after = *values;
    if (const auto done = rule_for->carry_out(event); !done) return refused(done.error());
    event.after = without_empty(event.after);
    const Fv fv =
        write_record(desk, event.target, event.after, journal_line(desk, op, event.target, 0));
    audit(desk, op.event, event.target, "ok", "");
    return {.kind = VerdictKind::Applied, .fv = fv};
}

}  // namespace dossier::server
