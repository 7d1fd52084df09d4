#include "server/intake/tasks.hpp"

#include <algorithm>

#include "common/base/reason.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"
#include "common/catalog/subscription.hpp"
#include "common/catalog/task.hpp"
#include "common/workflow/step.hpp"
#include "common/workflow/telling.hpp"

#include "server/intake/admission.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using workflow::Authority;
using workflow::Machine;

void add(std::vector<UserId>& people, const UserId& person) {
    if (!person.is_none() && std::ranges::find(people, person) == people.end())
        people.push_back(person);
}

/// Those a right names, whether or not they may take this step now.
std::vector<UserId> named_by(const Desk& desk,
                             const workflow::Right& right,
                             const access::Subject& subject) {
    switch (right.by) {
        case Authority::Author:
            return {subject.creator};
        case Authority::Superior:
            return subject.superiors.empty() ? std::vector<UserId>{}
                                             : std::vector<UserId>{subject.superiors.front()};
        case Authority::Assignee:
            return {subject.person};
        case Authority::Asked:
        case Authority::Signer:
            return subject.asked;
        case Authority::Operation:
        case Authority::Role: {
            std::vector<UserId> all;
            for (const auto role : right.expected()) {
                for (const UserId& holder : holders_of(desk.store, access::facts(role).code))
                    add(all, holder);
            }
            return all;
        }
        default:
            return {};
    }
}

/// Whose department hears of changes of this file: all it names, or where it names nobody its
/// manager. Source: R-026.
std::vector<UserId> subscribers_of(const Desk& desk, const Target& target) {
    using catalog::kSubscription;
    const auto& regions = desk.people.subject(target.place, target.values).regions;
    std::vector<UserId> people;
    for (const RecordId& id :
         desk.store.find(kSubscription.tag, field(kSubscription, "active").tag, std::int64_t{1})) {
        const auto row = desk.store.load(kSubscription.tag, id).value_or(FieldValues{});
        const auto region = record_in(row, field(kSubscription, "region_id"));
        const bool lies_there =
            region.is_none() || std::ranges::find(regions, region) != regions.end();
        if (!lies_there || find(row, catalog::kDeletedAt) != nullptr) continue;
        auto person = record_in(row, field(kSubscription, "user_id"));
        if (person.is_none()) {
            const auto department = desk.store.load(
                catalog::kDepartment.tag, record_in(row, field(kSubscription, "department_id")));
            person = record_in(department.value_or(FieldValues{}),
                               field(catalog::kDepartment, "manager_user_id"));
        }
        add(people, person.as<UserTag>());
    }
    return people;
}

/// What a notification is about, and what it says in both languages.
struct NoteText {
    std::string_view entity;
    RecordId subject;
    std::string zh;
    std::string en;
};

/// Of a matter it speaks of the file and names the field, of others of the record itself.
NoteText words_of(const workflow::Step& step, const Target& target) {
    NoteText words{target.kind->name, target.place.record, std::string(step.label.zh),
                   std::string(step.label.en)};
    if (!catalog::is_matter(*target.kind)) return words;
    words.entity = catalog::kCustomer.name;
    words.subject = target.place.customer;
    const auto* kind = catalog::find_kind(text_in(target.values, *target.kind, "entity"));
    if (kind == nullptr) return words;
    const auto field_name = text_in(target.values, *target.kind, "field");
    if (const auto* of = catalog::find_field(*kind, field_name)) {
        words.zh += "“" + std::string(of->label.zh) + "”";
        words.en += " \"" + std::string(of->label.en) + '"';
    }
    return words;
}

std::vector<UserId> told_by(const Desk& desk, workflow::Told told, const Target& target) {
    switch (told) {
        case workflow::Told::Author:
            return {record_in(target.values, catalog::kCreatedBy).as<UserTag>()};
        case workflow::Told::Owner:
            return {desk.people.subject(target.place, target.values).owner};
        case workflow::Told::Subscribers:
            return subscribers_of(desk, target);
        case workflow::Told::Keepers:
            return holders_of(desk.store, access::facts(access::Role::ArchiveKeeper).code);
    }
    return {};
}

}  // namespace

void tell_of(const Desk& desk, const workflow::Step& step, const Target& target) {
    std::vector<UserId> people;
    for (const auto told : step.tells) {
        for (const UserId& person : told_by(desk, told, target)) add(people, person);
    }
    std::erase(people, desk.bearer.user);
    const auto subject = desk.people.subject(target.place, target.values);
    for (const UserId& person : people) {
        const auto& viewer = desk.people.viewer(person, desk.bearer.now);
        const auto sees = [&](catalog::Facet facet) {
            return access::decide(viewer, access::Operation::View, subject, facet,
                                  {.now = desk.bearer.now});
        };
        // Who may not know the file hears nothing; words about it are for who reads it as a laptop
        // would hold it.
        if (sees(catalog::Facet::Directory).answer != access::Answer::Allow) continue;
        const auto main = sees(catalog::Facet::Main);
        const bool reads =
            main.answer == access::Answer::Allow && !main.purpose_needed && subject.level <= 1;
        const auto& reason = reads ? desk.changeset.reason : std::string();
        const auto words = words_of(step, target);
        const Note note{.to = person,
                        .kind = catalog::code_in(catalog::choices::kNotificationKind, "step"),
                        .entity = words.entity,
                        .subject = words.subject,
                        .text = workflow::told(Text{words.zh, words.en}, reason)};
        make_for_office(desk, catalog::kNotification, notification_of(note, desk.bearer.now));
    }
}

FieldValues notification_of(const Note& note, Instant at) {
    FieldValues values;
    const auto put = [&](std::string_view name, Value value) {
        assign(values, catalog::find_field(catalog::kNotification, name)->tag, std::move(value));
    };
    put("to_user_id", note.to.as<RecordTag>());
    put("kind", std::string(note.kind));
    put("entity", std::string(note.entity));
    put("subject_id", note.subject);
    put("text", note.text);
    put("sent_at", at.ms);
    return values;
}

bool is_notified(Store& store, const RecordId& subject, std::string_view kind) {
    static constexpr auto& kSubject = catalog::field(catalog::kNotification, "subject_id");
    static constexpr auto& kKind = catalog::field(catalog::kNotification, "kind");
    return std::ranges::any_of(
        store.find(catalog::kNotification.tag, kSubject.tag, subject), [&](const RecordId& id) {
            const auto note = store.load(catalog::kNotification.tag, id).value_or(FieldValues{});
            return text_in(note, kKind) == kind;
        });
}

std::vector<UserId> who_must(const Desk& desk,
                             const Machine& machine,
                             const workflow::Step& step,
                             const Target& target) {
    const auto subject = desk.people.subject(target.place, target.values);
    const FieldValues nothing;
    std::vector<UserId> people;
    if (step.is_asked_for) {
        for (const UserId& person : subject.asked) add(people, person);
        return people;
    }
    for (const workflow::Right& right : step.who) {
        for (const UserId& person : named_by(desk, right, subject)) {
            auto viewer = desk.people.viewer(person, desk.bearer.now);
            // Whose work it is by a role is asked for where that role reaches.
            if (!right.asked.empty())
                std::erase_if(viewer.roles, [&](const access::Held& held) {
                    return std::ranges::find(right.asked, held.role) == right.asked.end();
                });
            const bool may = workflow::may_take(
                {&right, 1}, *machine.kind,
                {viewer, subject, target.values, nothing, step.to, desk.bearer.now});
            if (may && !workflow::signed_before(step, *machine.kind, target.values, person))
                add(people, person);
        }
    }
    return people;
}

std::vector<UserId> holders_of(Store& store, std::string_view role) {
    std::vector<UserId> holders;
    static constexpr auto& kPost = catalog::kRoleAssignment;
    for (const RecordId& id :
         store.find(kPost.tag, field(kPost, "role").tag, Value(std::string(role)))) {
        const auto post = store.load(kPost.tag, id).value_or(FieldValues{});
        add(holders, record_in(post, field(kPost, "user_id")).as<UserTag>());
    }
    return holders;
}

std::vector<UserId> holders_now(const Desk& desk, access::Role role) {
    auto people = holders_of(desk.store, access::facts(role).code);
    std::erase_if(people, [&](const UserId& person) {
        const auto& viewer = desk.people.viewer(person, desk.bearer.now);
        const auto& roles = viewer.roles;
        return !viewer.active || std::ranges::find(roles, role, &access::Held::role) == roles.end();
    });
    return people;
}

RecordId make_for_office(const Desk& desk, const catalog::Kind& kind, FieldValues values) {
    const Bearer office{.user = {}, .at = desk.bearer.now, .now = desk.bearer.now};
    const merge::Op op{.kind = merge::OpKind::Create,
                       .record_kind = kind.tag,
                       .record = desk.ids.make<RecordId>(),
                       .fields = std::move(values)};
    const merge::Changeset changeset{.source = "job"};
    const Desk inner{desk.store, desk.people, desk.ids, office, changeset};
    // For a person the office does not have any more there is nothing to make.
    static_cast<void>(admit_create(inner, op));
    return op.record;
}

void set_for_office(const Desk& desk,
                    const catalog::Kind& kind,
                    const RecordId& record,
                    const catalog::Field& of,
                    Value value) {
    const Bearer office{.user = {}, .at = desk.bearer.now, .now = desk.bearer.now};
    const merge::Changeset changeset{.source = "job"};
    const Desk inner{desk.store, desk.people, desk.ids, office, changeset};
    static_cast<void>(admit_set(inner, {.kind = merge::OpKind::Set,
                                        .record_kind = kind.tag,
                                        .record = record,
                                        .fields = {{of.tag, std::move(value)}}}));
}

}  // namespace dossier::server
