#include "client/intake/people.hpp"

#include <algorithm>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"

#include "client/faults.hpp"

namespace dossier::client {
namespace {

using catalog::field;
using catalog::Kind;

constexpr std::uint16_t kCreatedBy = 2;
constexpr std::uint16_t kSecrecyLevel = 4;
/// Roles and grants begin and end at set times: they are looked at again this often.
constexpr std::chrono::seconds kFresh{60};

std::int64_t number_in(const FieldValues& values, std::uint16_t tag, std::int64_t otherwise) {
    const Value* value = find(values, tag);
    return value == nullptr ? otherwise : as_number(*value).value_or(otherwise);
}

RecordId record_in(const FieldValues& values, const catalog::Field& of) {
    const Value* value = find(values, of.tag);
    return value == nullptr ? RecordId{} : as_record(*value);
}

std::string text_in(const FieldValues& values, const catalog::Field& of) {
    const Value* value = find(values, of.tag);
    const std::string* text = value == nullptr ? nullptr : as_text(*value);
    return text == nullptr ? std::string() : *text;
}

bool in_period(const FieldValues& values,
               const catalog::Field& from,
               const catalog::Field& to,
               Instant now) {
    return number_in(values, from.tag, 0) <= now.ms &&
           now.ms < number_in(values, to.tag, INT64_MAX);
}

/// The catalog's own spelling: it lives as long as the program.
std::string_view lasting(const catalog::Field& of, const std::string& code) {
    const auto at = std::ranges::find(of.choices, code, &catalog::Choice::code);
    return at == of.choices.end() ? std::string_view("active") : at->code;
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
    static constexpr auto& kUser = catalog::kUser;
    access::Viewer viewer;
    viewer.user = who;
    const std::string today = office_date(now);
    const std::string from = text_in(values, field(kUser, "active_from"));
    const std::string to = text_in(values, field(kUser, "active_to"));
    viewer.active = from <= today && (to.empty() || today < to);
    viewer.agreement_signed = true;
    viewer.clearance = static_cast<int>(number_in(values, field(kUser, "clearance").tag, 0));
    viewer.region = record_in(values, field(kUser, "region_id"));
    viewer.department = record_in(values, field(kUser, "department_id"));
    add_roles(viewer, now);
    add_grants(viewer, now);
    return viewer;
}

void People::add_roles(access::Viewer& viewer, Instant now) {
    static constexpr auto& kPost = catalog::kRoleAssignment;
    Query query{.kind = &kPost};
    query.where = {{field(kPost, "user_id").tag, viewer.user.as<RecordTag>()}};
    for (const RecordId& id : store_.replica.select(query)) {
        const auto values = store_.replica.load(kPost, id).value_or(FieldValues{});
        const auto role = access::role_from(text_in(values, field(kPost, "role")));
        const bool in_force =
            in_period(values, field(kPost, "from_at"), field(kPost, "to_at"), now);
        if (!role || !in_force) continue;
        access::Held held{*role, access::facts(*role).reach, {}};
        const std::string scope = text_in(values, field(kPost, "scope"));
        if (scope == "own") held.reach = access::Reach::Own;
        if (scope == "region") held.reach = access::Reach::Region;
        if (scope == "dept") held.reach = access::Reach::Department;
        if (scope == "all") held.reach = access::Reach::All;
        viewer.roles.push_back(held);
    }
}

void People::add_grants(access::Viewer& viewer, Instant now) {
    static constexpr auto& kGrant = catalog::kAccessGrant;
    Query query{.kind = &kGrant};
    query.where = {{field(kGrant, "grantee_user_id").tag, viewer.user.as<RecordTag>()}};
    for (const RecordId& id : store_.replica.select(query)) {
        const auto values = store_.replica.load(kGrant, id).value_or(FieldValues{});
        const bool revoked = find(values, field(kGrant, "revoked_at").tag) != nullptr;
        const auto& from = field(kGrant, "from_at");
        const auto& to = field(kGrant, "to_at");
        const Value* targets = find(values, field(kGrant, "scope_ids").tag);
        if (revoked || targets == nullptr || !in_period(values, from, to, now)) continue;
        access::Grant grant;
        grant.max_level = static_cast<int>(number_in(values, field(kGrant, "max_level").tag, 1));
        grant.from = {number_in(values, from.tag, 0)};
        grant.to = {number_in(values, to.tag, 0)};
        const Value* ops = find(values, field(kGrant, "ops").tag);
        for (const auto& op :
             ops == nullptr ? std::vector<std::string>{} : catalog::elements(*ops)) {
            grant.edit = grant.edit || op == "\"edit\"";
            grant.offline = grant.offline || op == "\"offline\"";
        }
        for (const auto& element : catalog::elements(*targets)) {
            const auto bare = std::string_view(element).substr(1, element.size() - 2);
            const auto target = id_from<RecordId>(bare);
            if (!target) continue;
            grant.target = *target;
            viewer.grants.push_back(grant);
        }
    }
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
        subject.person = record_in(values, *catalog::find_field(kind, kind.parent)).as<UserTag>();
        if (kind.tag == catalog::kWorkLogLine.tag) {
            const auto log = store_.replica.load(catalog::kWorkLog, subject.person.as<RecordTag>());
            subject.person =
                log ? record_in(*log, field(catalog::kWorkLog, "user_id")).as<UserTag>()
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
