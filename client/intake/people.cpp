#include "client/intake/people.hpp"

#include <algorithm>

#include "common/access/viewer_of.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::Kind;

using catalog::kCreatedBy;
using catalog::kSecrecyLevel;
/// Roles and grants begin and end at set times: they are looked at again this often.
constexpr std::chrono::seconds kFresh{60};

/// The catalog's own spelling: it lives as long as the program.
std::string_view lasting(const catalog::Field& of, const std::string& code) {
    const auto at = std::ranges::find(of.choices, code, &catalog::Choice::code);
    return at == of.choices.end() ? catalog::FileState::kActive : at->code;
}

std::vector<UserId> as_users(const std::vector<RecordId>& records) {
    std::vector<UserId> users;
    users.reserve(records.size());
    for (const auto& record : records) users.push_back(record.as<UserTag>());
    return users;
}

}  // namespace

Result<access::Viewer> People::viewer(Instant now) {
    refresh(now);
    if (!viewer_) {
        auto identity = store_.meta.identity();
        if (!identity) return pass(identity);
        const auto values = user(identity->user);
        if (!values) return fail(kNoOfficeData);
        viewer_ = read(identity->user, *values, now);
        if (viewer_->roles.empty()) {
            viewer_.reset();
            return fail(kNoOfficeData);
        }
    }
    return *viewer_;
}

std::optional<FieldValues> People::user(const UserId& user) {
    return store_.replica.load(catalog::kUser, user.as<RecordTag>());
}

access::Viewer People::read(const UserId& who, const FieldValues& values, Instant now) {
    const auto of_user = [&](const Kind& kind, const catalog::Field& whose) {
        Query query{.kind = &kind};
        query.where = {{whose.tag, who.as<RecordTag>()}};
        std::vector<FieldValues> records;
        for (const RecordId& id : store_.replica.select(query)) {
            if (auto each = store_.replica.load(kind, id)) records.push_back(std::move(*each));
        }
        return records;
    };
    static constexpr auto& kPost = catalog::kRoleAssignment;
    static constexpr auto& kGrant = catalog::kAccessGrant;
    return access::viewer_of(who, values, of_user(kPost, field(kPost, "user_id")),
                             of_user(kGrant, field(kGrant, "grantee_user_id")), now);
}

access::Subject People::subject(const Kind& kind,
                                const RecordId& record,
                                const FieldValues& values,
                                const RecordId& customer_id,
                                const FieldValues* customer,
                                const UserId& made_here) {
    static constexpr auto& kCustomer = catalog::kCustomer;
    static constexpr auto& kUser = catalog::kUser;
    access::Subject subject;
    subject.kind = kind.tag;
    subject.record = record;
    subject.customer = customer_id;
    const Value* creator = find(values, kCreatedBy);
    subject.creator = creator == nullptr ? made_here : as_record(*creator).as<UserTag>();
    subject.level = static_cast<int>(number_in(values, kSecrecyLevel, 0));
    for (const RecordId& person : catalog::asked_in(kind, values))
        subject.asked.push_back(person.as<UserTag>());
    UserId above;
    if (customer != nullptr) {
        const auto& state = field(kCustomer, "file_state");
        subject.owner = record_in(*customer, field(kCustomer, "owner_user_id")).as<UserTag>();
        subject.service = record_in(*customer, field(kCustomer, "service_user_id")).as<UserTag>();
        subject.regions = upward(catalog::kRegion, field(catalog::kRegion, "parent_id"),
                                 record_in(*customer, field(kCustomer, "region_id")));
        subject.departments = upward(catalog::kDepartment, field(catalog::kDepartment, "parent_id"),
                                     record_in(*customer, field(kCustomer, "department_id")));
        subject.file_state = lasting(state, text_in(*customer, state));
        subject.level =
            std::max(subject.level, static_cast<int>(number_in(*customer, kSecrecyLevel, 1)));
        const Value* opened_by = find(*customer, kCreatedBy);
        if (opened_by != nullptr) subject.creator = as_record(*opened_by).as<UserTag>();
        above = subject.owner;
    } else if (!kind.parent.empty()) {
        const catalog::Field* up = catalog::find_field(kind, kind.parent);
        subject.person = record_in(values, *up).as<UserTag>();
        // Of what hangs on another record the person is that record's.
        if (const Kind* owned = catalog::find_kind(up->target);
            owned != nullptr && !owned->parent.empty()) {
            const auto held = store_.replica.load(*owned, subject.person.as<RecordTag>());
            subject.person =
                held ? record_in(*held, *catalog::find_field(*owned, owned->parent)).as<UserTag>()
                     : made_here;
        }
        above = subject.person;
    }
    subject.superiors =
        as_users(upward(kUser, field(kUser, "superior_user_id"), above.as<RecordTag>()));
    if (!subject.superiors.empty()) subject.superiors.erase(subject.superiors.begin());
    return subject;
}

std::vector<RecordId> People::upward(const Kind& kind,
                                     const catalog::Field& parent,
                                     RecordId from) {
    std::vector<RecordId> path;
    while (!from.is_none() && std::ranges::find(path, from) == path.end()) {
        path.push_back(from);
        from = record_in(row(kind, from), parent);
    }
    return path;
}

const FieldValues& People::row(const Kind& kind, const RecordId& record) {
    const auto [at, fresh] = rows_.try_emplace(record);
    if (fresh) at->second = store_.replica.load(kind, record).value_or(FieldValues{});
    return at->second;
}

void People::refresh(Instant now) {
    const bool fresh = stamp_ == store_.stamp() && now >= made_at_ && now < made_at_.plus(kFresh);
    if (fresh) return;
    viewer_.reset();
    rows_.clear();
    stamp_ = store_.stamp();
    made_at_ = now;
}

}  // namespace dossier::client
