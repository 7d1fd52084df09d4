#include "tests/sim/rights.hpp"

#include <algorithm>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/catalog/organisation.hpp"
#include "common/catalog/review.hpp"

#include "tests/sim/office.hpp"

namespace dossier::sim {
namespace {

using catalog::Facet;
using catalog::Kind;

using catalog::kCreatedBy;
constexpr std::uint16_t kSecrecy = 4;
constexpr std::uint16_t kMergedInto = 6;

const std::set<std::string> kSeesNoContent{"system_admin", "external_agency"};
const std::set<std::string> kOnlyByGrant{"technician", "materials_head", "survey_reviewer",
                                         "credit_officer", "complaint_investigator"};
const std::set<std::string> kCarriesNothingOwn{"auditor", "planning_analyst", "archive_keeper"};
const std::set<std::string> kReadsAll{"info_clerk",      "archive_keeper",   "service_supervisor",
                                      "market_manager",  "planning_analyst", "marketing_director",
                                      "service_manager", "general_manager",  "auditor"};
const std::set<std::string> kReadsRegion{"market_inspector", "regional_manager"};

std::string text(const FieldValues& values, const Kind& kind, std::string_view name) {
    const Value value = value_in(values, kind, name);
    const auto* found = as_text(value);
    return found == nullptr ? std::string() : *found;
}
std::int64_t number(const FieldValues& values,
                    const Kind& kind,
                    std::string_view name,
                    std::int64_t otherwise) {
    return as_number(value_in(values, kind, name)).value_or(otherwise);
}
RecordId reference(const FieldValues& values, const Kind& kind, std::string_view name) {
    return as_record(value_in(values, kind, name));
}
/// Ids in a list field.
std::vector<RecordId> references(const FieldValues& values,
                                 const Kind& kind,
                                 std::string_view name) {
    std::vector<RecordId> found;
    const Value list = value_in(values, kind, name);
    if (is_empty(list)) return found;
    for (const auto& each : catalog::elements(list)) {
        if (const auto id = id_from<RecordId>(std::string_view(each).substr(1, 36)))
            found.push_back(*id);
    }
    return found;
}

bool works(const std::string& role) {
    return !kSeesNoContent.contains(role);
}
bool carries_own(const std::string& role) {
    return works(role) && !kOnlyByGrant.contains(role) && !kCarriesNothingOwn.contains(role);
}
int level_of(const Kind& kind, Facet facet, int record_level) {
    return facet == Facet::Directory ? record_level
                                     : std::max(record_level, catalog::level_of(kind, facet));
}
/// What of his own record a person carries (domain 3.4).
bool is_carried(Facet facet, int record_level, int level) {
    if (record_level >= 3) return false;
    if (facet == Facet::Directory) return true;
    if (facet == Facet::Main || facet == Facet::Personal) return level <= 1;
    return facet == Facet::Masked && record_level <= 1;
}

}  // namespace

const Rights::Person& Rights::person(const UserId& user) {
    const auto [at, fresh] = people_.try_emplace(user);
    if (!fresh) return at->second;
    Person& made = at->second;
    static constexpr auto& kUser = catalog::kUser;
    static constexpr auto& kRole = catalog::kRoleAssignment;
    static constexpr auto& kGrant = catalog::kAccessGrant;
    const auto values = store_.load(kUser.tag, user.as<RecordTag>());
    if (!values) return made;
    const std::string today = office_date(now_);
    const std::string to = text(*values, kUser, "active_to");
    made.active = text(*values, kUser, "active_from") <= today && (to.empty() || today < to);
    made.clearance = static_cast<int>(number(*values, kUser, "clearance", 0));
    made.region = reference(*values, kUser, "region_id");
    for (const auto& id : store_.find(kRole.tag, tag_of(kRole, "user_id"), user.as<RecordTag>())) {
        const auto role = store_.load(kRole.tag, id).value_or(FieldValues{});
        const bool began = number(role, kRole, "from_at", 0) <= now_.ms;
        if (began && now_.ms < number(role, kRole, "to_at", INT64_MAX))
            made.roles.insert(text(role, kRole, "role"));
    }
    for (const auto& id :
         store_.find(kGrant.tag, tag_of(kGrant, "grantee_user_id"), user.as<RecordTag>())) {
        const auto grant = store_.load(kGrant.tag, id).value_or(FieldValues{});
        const bool revoked = !is_empty(value_in(grant, kGrant, "revoked_at"));
        const bool in_force = number(grant, kGrant, "from_at", 0) <= now_.ms &&
                              now_.ms < number(grant, kGrant, "to_at", 0);
        const bool offline = text(grant, kGrant, "ops").find("\"offline\"") != std::string::npos;
        if (revoked || !in_force || !offline) continue;
        const int level = static_cast<int>(number(grant, kGrant, "max_level", 1));
        for (const auto& target : references(grant, kGrant, "scope_ids"))
            made.opened.push_back({target, std::min(level, 2)});
    }
    return made;
}

const Rights::File& Rights::file(const RecordId& customer) {
    const auto [at, fresh] = files_.try_emplace(customer);
    if (!fresh) return at->second;
    static constexpr auto& kCustomer = catalog::kCustomer;
    const auto values = store_.load(kCustomer.tag, customer).value_or(FieldValues{});
    File& made = at->second;
    made.owner = reference(values, kCustomer, "owner_user_id").as<UserTag>();
    made.service = reference(values, kCustomer, "service_user_id").as<UserTag>();
    made.region = reference(values, kCustomer, "region_id");
    // What is left of a merged file is carried nowhere (domain 3.4, rule 5).
    made.state = find(values, kMergedInto) == nullptr ? text(values, kCustomer, "file_state")
                                                      : std::string("void");
    const Value* creator = find(values, kCreatedBy);
    made.creator = creator == nullptr ? UserId{} : as_record(*creator).as<UserTag>();
    const Value* level = find(values, kSecrecy);
    made.level = level == nullptr ? 1 : static_cast<int>(as_number(*level).value_or(1));
    return made;
}

bool Rights::is_in(const RecordId& region, const RecordId& above) {
    RecordId at = region;
    for (int steps = 0; steps < 20 && !at.is_none() && !above.is_none(); ++steps) {
        if (at == above) return true;
        const auto values = store_.load(catalog::kRegion.tag, at).value_or(FieldValues{});
        at = reference(values, catalog::kRegion, "parent_id");
    }
    return false;
}

bool Rights::of_customer(const Person& who,
                         const UserId& user,
                         const Kind& kind,
                         const server::Place& place,
                         Facet facet) {
    const File& of = file(place.customer);
    const auto values = store_.load(place.kind, place.record).value_or(FieldValues{});
    const Value* own_level = find(values, kSecrecy);
    const int record_level = std::max(
        of.level, own_level == nullptr ? 0 : static_cast<int>(as_number(*own_level).value_or(0)));
    const Value* creator = find(values, kCreatedBy);
    const UserId author = creator == nullptr ? UserId{} : as_record(*creator).as<UserTag>();
    const int level = level_of(kind, facet, record_level);
    const bool unposted = of.state == "draft" || of.state == "void";
    const bool under_way = of.state == "superior_review" || of.state == "inspection" ||
                           of.state == "clerk_posting" || of.state == "returned";
    const bool travels = of.state == "active" || under_way;
    const auto is = [&](const UserId& other) { return !other.is_none() && other == user; };
    const bool mine =
        unposted ? is(author) : is(of.owner) || is(of.service) || (under_way && is(author));
    for (const auto& role : who.roles) {
        if (who.clearance < 1) break;
        const bool own_files = mine && carries_own(role) && (travels || of.state == "draft");
        if (own_files && is_carried(facet, record_level, level)) return true;
        const bool reads = kReadsAll.contains(role) ||
                           (kReadsRegion.contains(role) && is_in(of.region, who.region));
        if (!travels || record_level >= 3 || !reads) continue;
        if (facet == Facet::Directory) return true;
        if (role == "regional_manager" && facet == Facet::Main && kind.parent.empty() && level <= 1)
            return true;
    }
    const bool works_here = std::any_of(who.roles.begin(), who.roles.end(), works);
    if (!travels || !works_here || facet == Facet::Closed) return false;
    const int needed = facet == Facet::Masked ? record_level : level;
    return std::any_of(who.opened.begin(), who.opened.end(), [&](const Person::Opened& opened) {
        return opened.customer == place.customer && needed <= opened.level;
    });
}

bool Rights::of_person(const UserId& user,
                       const Kind& kind,
                       const server::Place& place,
                       Facet facet) {
    const auto values = store_.load(place.kind, place.record).value_or(FieldValues{});
    if (kind.parent.empty()) return false;
    RecordId whose = reference(values, kind, kind.parent);
    if (kind.tag == catalog::kWorkLogLine.tag) {
        const auto log = store_.load(catalog::kWorkLog.tag, whose).value_or(FieldValues{});
        whose = reference(log, catalog::kWorkLog, "user_id");
    }
    const Value* own_level = find(values, kSecrecy);
    const int level =
        own_level == nullptr ? 0 : static_cast<int>(as_number(*own_level).value_or(0));
    return whose == user.as<RecordTag>() && level <= 1 &&
           is_carried(facet, level, level_of(kind, facet, level));
}

/// Quoting a value is showing it: to the people a case concerns who may hold what is disputed.
bool Rights::of_matter(const UserId& user, const Kind& kind, const RecordId& record) {
    const auto values = store_.load(kind.tag, record).value_or(FieldValues{});
    const bool is_case = kind.tag == catalog::kCase.tag;
    const RecordId me = user.as<RecordTag>();
    const auto people = is_case ? references(values, kind, "people")
                                : std::vector{reference(values, kind, "proposed_by")};
    if (std::find(people.begin(), people.end(), me) == people.end()) return false;
    const Kind* about = catalog::find_kind(text(values, kind, "entity"));
    if (about == nullptr) return false;
    const auto* field = catalog::find_field(*about, text(values, kind, "field"));
    const Facet facet =
        field == nullptr ? catalog::facets_of(*about).front() : catalog::facet_of(*about, *field);
    if (facet == Facet::Masked) return false;
    return may_hold(user, reference(values, kind, "record_id"), facet);
}

bool Rights::may_hold(const UserId& user, const RecordId& record, Facet facet) {
    const Person& who = person(user);
    const auto place = store_.place(record);
    if (!who.active || !place) return false;
    const Kind* kind = catalog::find_kind(place->kind);
    if (kind == nullptr) return false;
    if (kind->tag == catalog::kCase.tag || kind->tag == catalog::kProposal.tag)
        return of_matter(user, *kind, record);
    switch (kind->belongs) {
        case catalog::Belongs::Customer:
            return of_customer(who, user, *kind, *place, facet);
        case catalog::Belongs::Organisation: {
            const auto values = store_.load(place->kind, record).value_or(FieldValues{});
            const Value* own = find(values, kSecrecy);
            const int level = own == nullptr ? 0 : static_cast<int>(as_number(*own).value_or(0));
            const bool shown = facet == Facet::Directory || facet == Facet::Main;
            return shown && level_of(*kind, facet, level) == 0;
        }
        default:
            return of_person(user, *kind, *place, facet);
    }
}

}  // namespace dossier::sim
