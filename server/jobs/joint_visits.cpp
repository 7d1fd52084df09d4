#include "server/jobs/joint_visits.hpp"

#include <algorithm>
#include <map>

#include "common/catalog/activity.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/references.hpp"
#include "common/catalog/states.hpp"

namespace dossier::server {
namespace {

using catalog::code_in;
using catalog::field;
using catalog::kCommunication;

constexpr std::size_t kPage = 500;

struct Visit {
    RecordId id;
    RecordId author;
    std::int64_t from = 0;
    std::int64_t until = 0;
    std::vector<RecordId> there;  ///< both sides' people, its author among them
    RecordId joint;
};

void add_people(Visit& visit, const FieldValues& values, std::string_view name) {
    const auto& of = *catalog::find_field(kCommunication, name);
    if (const Value* people = find(values, of.tag); people != nullptr) {
        for (const RecordId& person : catalog::references_in(of, *people))
            visit.there.push_back(person);
    }
}

Visit visit_of(const RecordId& id, const FieldValues& values) {
    Visit visit{.id = id, .author = record_in(values, catalog::kCreatedBy)};
    visit.from = number_in(values, field(kCommunication, "started_at"));
    visit.until = number_in(values, field(kCommunication, "ended_at"), visit.from);
    visit.joint = record_in(values, field(kCommunication, "joint_visit_id"));
    visit.there.push_back(visit.author);
    add_people(visit, values, "our_user_ids");
    add_people(visit, values, "contact_ids");
    return visit;
}

bool is_visit(const FieldValues& values) {
    const auto kind = text_in(values, field(kCommunication, "kind"));
    return kind == code_in(catalog::choices::kCommunicationKind, "visit") ||
           kind == code_in(catalog::choices::kCommunicationKind, "meeting");
}

bool are_one(const Visit& one, const Visit& other) {
    constexpr auto kApart = std::chrono::milliseconds(kJointWithin).count();
    const bool at_one_time = one.from <= other.until + kApart && other.from <= one.until + kApart;
    return at_one_time && one.author != other.author &&
           std::ranges::find_first_of(one.there, other.there) != one.there.end();
}

using ByCustomer = std::map<RecordId, std::vector<Visit>>;

/// By customer, each list in the order of beginning.
ByCustomer visits_since(Office& office, Instant since) {
    ByCustomer visits;
    const auto& started = field(kCommunication, "started_at");
    query::Query asked{.kind = &kCommunication,
                       .where = {{&started, query::Test::Greater, {since.ms}}},
                       .order = {.field = &started},
                       .limit = kPage};
    for (auto page = office.store().page(asked); !page.empty(); page = office.store().page(asked)) {
        for (const auto& hit : page) {
            const auto values =
                office.store().load(kCommunication.tag, hit.record).value_or(FieldValues{});
            if (is_visit(values))
                visits[record_in(values, field(kCommunication, "customer_id"))].push_back(
                    visit_of(hit.record, values));
        }
        asked.after = page.back().key();
    }
    return visits;
}

bool link(Office& office, const Visit& later, const Visit& earlier) {
    const merge::Op op{.kind = merge::OpKind::Set,
                       .record_kind = kCommunication.tag,
                       .record = later.id,
                       .fields = {{field(kCommunication, "joint_visit_id").tag, earlier.id}}};
    return office.change(UserId{}, {.source = "job", .ops = {op}}).has_value();
}

}  // namespace

std::size_t link_joint_visits(Office& office) {
    std::size_t linked = 0;
    for (auto& [customer, visits] : visits_since(office, office.now().plus(-kJointSince))) {
        std::ranges::sort(visits, {},
                          [](const Visit& each) { return std::pair(each.from, each.id); });
        for (std::size_t at = 1; at < visits.size(); ++at) {
            if (!visits[at].joint.is_none()) continue;
            const auto end = visits.begin() + static_cast<std::ptrdiff_t>(at);
            const auto first = std::find_if(visits.begin(), end, [&](const Visit& earlier) {
                return earlier.joint.is_none() && are_one(earlier, visits[at]);
            });
            if (first == end || !link(office, visits[at], *first)) continue;
            visits[at].joint = first->id;
            ++linked;
        }
    }
    return linked;
}

}  // namespace dossier::server
