#include "server/people/people.hpp"

#include <algorithm>
#include <set>

#include "common/access/viewer_of.hpp"
#include "common/base/plant.hpp"
#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/secrecy.hpp"
#include "common/catalog/states.hpp"
#include "common/workflow/secrecy_marking.hpp"

namespace dossier::server {
namespace {

using catalog::field;

constexpr auto kUserTag = catalog::kUser.tag;
using catalog::kCreatedBy;
constexpr std::size_t kCustomersKept = 1000;
using catalog::kMergedInto;
using catalog::kSecrecyLevel;

/// The states are few; a view of the caller's string would dangle.
std::string_view lasting_state(const std::string& state) {
    static constexpr auto& kState = field(catalog::kCustomer, "file_state");
    for (const auto& choice : kState.choices) {
        if (choice.code == state) return choice.code;
    }
    return catalog::FileState::kActive;
}

constexpr int kTopSecret = 3;

/// A mark of level 3 in force: its circle is who may know.
bool is_running_circle(const FieldValues& mark) {
    using catalog::kSecrecyMarking;
    return text_in(mark, field(kSecrecyMarking, "state")) == workflow::secrecy::kMarked &&
           number_in(mark, field(kSecrecyMarking, "level").tag) >= kTopSecret;
}

/// Who may know of what the running mark of level 3 stands on; `on` = none for the file itself.
std::vector<UserId> members_of(Store& store, const RecordId& customer, const RecordId& on) {
    using catalog::kSecrecyMarking;
    static constexpr auto& kCircle = field(kSecrecyMarking, "circle");
    for (const RecordId& id :
         store.find(kSecrecyMarking.tag, field(kSecrecyMarking, "customer_id").tag, customer)) {
        const auto mark = store.load(kSecrecyMarking.tag, id).value_or(FieldValues{});
        const bool counts =
            is_running_circle(mark) && record_in(mark, field(kSecrecyMarking, "record_id")) == on;
        const Value* named = counts ? find(mark, kCircle.tag) : nullptr;
        if (named == nullptr) continue;
        std::vector<UserId> people;
        for (const RecordId& person : catalog::references_in(kCircle, *named))
            people.push_back(person.as<UserTag>());
        return people;
    }
    return {};
}

/// Of a record of level 3 in a file of level 3 those who are in both circles.
std::vector<UserId> circle_of(Store& store, const Place& place, bool file, bool record) {
    auto people = members_of(store, place.customer, record ? place.record : RecordId{});
    if (!file || !record) return people;
    const auto of_file = members_of(store, place.customer, {});
    std::erase_if(people, [&](const UserId& each) {
        return std::ranges::find(of_file, each) == of_file.end();
    });
    return people;
}

std::vector<FieldValues> records_of(Store& store,
                                    const catalog::Kind& kind,
                                    const catalog::Field& whose,
                                    const UserId& user) {
    std::vector<FieldValues> records;
    for (const RecordId& id : store.find(kind.tag, whose.tag, user.as<RecordTag>())) {
        if (auto each = store.load(kind.tag, id)) records.push_back(std::move(*each));
    }
    return records;
}

}  // namespace

std::vector<RecordId> People::files_known_to(const UserId& user) {
    using catalog::kSecrecyMarking;
    static constexpr auto& kLevel = field(kSecrecyMarking, "level");
    std::vector<RecordId> files;
    for (const RecordId& id :
         store_.find(kSecrecyMarking.tag, kLevel.tag, std::int64_t{kTopSecret})) {
        const auto mark = store_.load(kSecrecyMarking.tag, id).value_or(FieldValues{});
        const Value* named = find(mark, field(kSecrecyMarking, "circle").tag);
        if (named == nullptr || !is_running_circle(mark)) continue;
        const auto people = catalog::references_in(field(kSecrecyMarking, "circle"), *named);
        if (std::ranges::find(people, user.as<RecordTag>()) != people.end())
            files.push_back(record_in(mark, field(kSecrecyMarking, "customer_id")));
    }
    std::ranges::sort(files);
    const auto doubled = std::ranges::unique(files);
    files.erase(doubled.begin(), doubled.end());
    return files;
}

const access::Viewer& People::viewer(const UserId& user, Instant now) {
    const auto known = viewers_.find(user);
    if (known != viewers_.end()) return known->second;
    access::Viewer viewer{.user = user};
    if (const auto values = store_.load(kUserTag, user.as<RecordTag>()))
        viewer = read(user, *values, now);
    return viewers_.emplace(user, std::move(viewer)).first->second;
}

access::Viewer People::viewer_then(const UserId& user, Instant at) {
    auto values = store_.load(kUserTag, user.as<RecordTag>());
    if (!values) return {.user = user};
    // What was changed since is undone, the latest first.
    const auto history = store_.history(user.as<RecordTag>(), {});
    for (auto entry = history.rbegin(); entry != history.rend(); ++entry) {
        if (!entry->won || entry->received_at <= at || entry->op != merge::OpKind::Set) continue;
        const auto* first = catalog::find_field(catalog::kUser, entry->group);
        if (first == nullptr) continue;
        for (const auto* member : catalog::group_of(catalog::kUser, *first)) {
            const Value* before = find(entry->before, member->tag);
            assign(*values, member->tag, before == nullptr ? Value{} : *before);
        }
    }
    std::erase_if(*values, [](const FieldValue& each) { return is_empty(each.value); });
    return read(user, *values, at);
}

access::Viewer People::read(const UserId& user, const FieldValues& values, Instant at) {
    return access::viewer_of(user, values, posts_of(user), grants_of(user), at);
}

std::vector<FieldValues> People::posts_of(const UserId& user) {
    static constexpr auto& kPost = catalog::kRoleAssignment;
    return records_of(store_, kPost, field(kPost, "user_id"), user);
}

std::vector<FieldValues> People::grants_of(const UserId& user) {
    static constexpr auto& kGrant = catalog::kAccessGrant;
    return records_of(store_, kGrant, field(kGrant, "grantee_user_id"), user);
}

Instant People::good_until(const UserId& user, Instant now) {
    const auto values = store_.load(kUserTag, user.as<RecordTag>());
    if (!values) return now;
    return access::good_until(*values, posts_of(user), grants_of(user), now);
}

access::Subject People::subject(const Place& place, const FieldValues& values) {
    access::Subject subject{.kind = place.kind, .record = place.record, .customer = place.customer};
    const auto creator = find(values, kCreatedBy);
    subject.creator = creator == nullptr ? UserId{} : as_record(*creator).as<UserTag>();
    if (const auto* own = catalog::find_kind(place.kind); own != nullptr) {
        for (const RecordId& person : catalog::asked_in(*own, values))
            subject.asked.push_back(person.as<UserTag>());
    }
    const auto* level = find(values, kSecrecyLevel);
    subject.level = level == nullptr ? 0 : static_cast<int>(as_number(*level).value_or(0));
    if (!place.customer.is_none()) {
        if (customers_.size() > kCustomersKept) customers_.clear();
        auto& customer = customers_[place.customer];
        if (place.customer == place.record) {
            customer = values;
        } else if (customer.empty()) {
            customer = store_.load(catalog::kCustomer.tag, place.customer).value_or(FieldValues{});
        }
        static constexpr auto& kCustomer = catalog::kCustomer;
        subject.owner = record_in(customer, field(kCustomer, "owner_user_id")).as<UserTag>();
        subject.service = record_in(customer, field(kCustomer, "service_user_id")).as<UserTag>();
        subject.regions = regions_above(record_in(customer, field(kCustomer, "region_id")));
        subject.departments =
            departments_above(record_in(customer, field(kCustomer, "department_id")));
        subject.superiors = superiors(subject.owner);
        // What is left of a merged file is no file any more: it is carried nowhere.
        const bool merged = find(customer, kMergedInto) != nullptr;
        subject.file_state = merged
                                 ? catalog::FileState::kVoid
                                 : lasting_state(text_in(customer, field(kCustomer, "file_state")));
        const auto* customer_level = find(customer, kSecrecyLevel);
        const int of_file = customer_level == nullptr
                                ? 1
                                : static_cast<int>(as_number(*customer_level).value_or(1));
        if (std::max(of_file, subject.level) >= kTopSecret)
            subject.circle =
                circle_of(store_, place, of_file >= kTopSecret,
                          place.record != place.customer && subject.level >= kTopSecret);
        subject.level = std::max(subject.level, of_file);
        return subject;
    }
    const catalog::Kind* kind = catalog::find_kind(place.kind);
    if (kind != nullptr && !kind->parent.empty()) {
        const auto* up = catalog::find_field(*kind, kind->parent);
        subject.person = record_in(values, *up).as<UserTag>();
        // Of what hangs on another record the person is that record's.
        if (const auto* owned = catalog::find_kind(up->target);
            owned != nullptr && !owned->parent.empty()) {
            const auto held = store_.load(owned->tag, subject.person.as<RecordTag>());
            subject.person =
                held ? record_in(*held, *owned, owned->parent).as<UserTag>() : UserId{};
        }
        subject.superiors = superiors(subject.person);
    }
    return subject;
}

access::Subject People::before_merge(access::Subject subject, const FieldValues& customer) {
    subject.file_state = lasting_state(text_in(customer, field(catalog::kCustomer, "file_state")));
    return subject;
}

void People::load_offline_grants(Instant now) {
    static constexpr auto& kGrant = catalog::kAccessGrant;
    offline_grants_.emplace();
    std::set<UserId> grantees;
    RecordId after;
    for (auto page = store_.list(kGrant.tag, after, 500); !page.empty();
         page = store_.list(kGrant.tag, page.back(), 500)) {
        for (const RecordId& id : page) {
            const auto values = store_.load(kGrant.tag, id);
            if (values)
                grantees.insert(record_in(*values, field(kGrant, "grantee_user_id")).as<UserTag>());
        }
    }
    for (const UserId& grantee : grantees) {
        for (const auto& grant : viewer(grantee, now).grants) {
            // Several grants of one customer: each opens what it opens.
            if (grant.offline && is_planted(Plant::LastGrantOnly))
                std::erase_if((*offline_grants_)[grant.target],
                              [&](const auto& other) { return other.grantee == grantee; });
            if (grant.offline) (*offline_grants_)[grant.target].push_back({grantee, grant});
        }
    }
}

std::vector<access::OfflineGrant> People::offline_grants(const RecordId& customer, Instant now) {
    if (!offline_grants_) load_offline_grants(now);
    const auto at = offline_grants_->find(customer);
    return at == offline_grants_->end() ? std::vector<access::OfflineGrant>{} : at->second;
}

std::vector<RecordId> People::upward(std::uint16_t kind,
                                     std::uint16_t parent_tag,
                                     const RecordId& start) {
    std::vector<RecordId> chain;
    for (RecordId at = start;
         !at.is_none() && std::find(chain.begin(), chain.end(), at) == chain.end();) {
        chain.push_back(at);
        const auto values = store_.load(kind, at);
        const Value* parent = values ? find(*values, parent_tag) : nullptr;
        at = parent == nullptr ? RecordId{} : as_record(*parent);
    }
    return chain;
}

const std::vector<RecordId>& People::regions_above(const RecordId& region) {
    const auto [at, fresh] = regions_.try_emplace(region);
    if (fresh)
        at->second = upward(catalog::kRegion.tag, field(catalog::kRegion, "parent_id").tag, region);
    return at->second;
}

const std::vector<RecordId>& People::departments_above(const RecordId& department) {
    const auto [at, fresh] = departments_.try_emplace(department);
    if (fresh)
        at->second = upward(catalog::kDepartment.tag, field(catalog::kDepartment, "parent_id").tag,
                            department);
    return at->second;
}

const std::vector<UserId>& People::superiors(const UserId& user) {
    const auto [at, fresh] = superiors_.try_emplace(user);
    if (!fresh) return at->second;
    const auto chain =
        upward(kUserTag, field(catalog::kUser, "superior_user_id").tag, user.as<RecordTag>());
    for (std::size_t i = 1; i < chain.size(); ++i) at->second.push_back(chain[i].as<UserTag>());
    return at->second;
}

std::optional<std::vector<RecordId>> People::downward(std::uint16_t kind,
                                                      std::uint16_t parent_tag,
                                                      const RecordId& start,
                                                      std::size_t most) {
    std::vector<RecordId> all{start};
    std::set<RecordId> met{start};
    for (std::size_t at = 0; at < all.size(); ++at) {
        for (const RecordId& child : store_.find(kind, parent_tag, all[at])) {
            if (met.insert(child).second) all.push_back(child);
        }
        if (all.size() - 1 > most) return std::nullopt;
    }
    return all;
}

std::optional<std::vector<RecordId>> People::regions_below(const RecordId& region,
                                                           std::size_t most) {
    return downward(catalog::kRegion.tag, field(catalog::kRegion, "parent_id").tag, region, most);
}

std::vector<RecordId> People::regions_below(const RecordId& region) {
    return *regions_below(region, SIZE_MAX);
}

std::optional<std::vector<RecordId>> People::departments_below(const RecordId& department,
                                                               std::size_t most) {
    return downward(catalog::kDepartment.tag, field(catalog::kDepartment, "parent_id").tag,
                    department, most);
}

std::optional<std::vector<RecordId>> People::people_below(const UserId& user, std::size_t most) {
    auto all = downward(kUserTag, field(catalog::kUser, "superior_user_id").tag,
                        user.as<RecordTag>(), most);
    if (all) all->erase(all->begin());
    return all;
}

std::vector<RecordId> People::regions_read(const access::Viewer& viewer) {
    std::vector<RecordId> regions;
    for (const access::Held& held : viewer.roles) {
        if (held.reach == access::Reach::All) {
            RecordId after;
            for (auto page = store_.list(catalog::kRegion.tag, after, 500); !page.empty();
                 page = store_.list(catalog::kRegion.tag, page.back(), 500)) {
                regions.insert(regions.end(), page.begin(), page.end());
            }
        } else if (held.reach == access::Reach::Region) {
            const auto below = regions_below(held.place.is_none() ? viewer.region : held.place);
            regions.insert(regions.end(), below.begin(), below.end());
        }
    }
    std::sort(regions.begin(), regions.end());
    regions.erase(std::unique(regions.begin(), regions.end()), regions.end());
    return regions;
}

std::optional<UserId> People::user_by_login(std::string_view login) {
    const auto found =
        store_.find(kUserTag, field(catalog::kUser, "login").tag, std::string(login));
    if (found.empty()) return std::nullopt;
    return found.front().as<UserTag>();
}

std::string People::name(const UserId& user) {
    const auto values = store_.load(kUserTag, user.as<RecordTag>());
    const std::string name =
        values ? text_in(*values, field(catalog::kUser, "name")) : std::string();
    return name.empty() ? to_text(user) : name;
}

void People::forget() {
    viewers_.clear();
    regions_.clear();
    departments_.clear();
    superiors_.clear();
    customers_.clear();
    offline_grants_.reset();
}

}  // namespace dossier::server
