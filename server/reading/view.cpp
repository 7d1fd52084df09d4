#include "server/reading/view.hpp"

#include <algorithm>
#include <map>

#include "common/access/rules.hpp"
#include "common/catalog/canonical.hpp"
#include "common/catalog/customer.hpp"
#include "common/merge/refusals.hpp"

#include "server/intake/quoted.hpp"
#include "server/reading/heard.hpp"
#include "server/reading/known.hpp"

namespace dossier::server {
namespace {

using access::Answer;
using catalog::kCustomer;

void add_facet(Office& office,
               const Asker& asker,
               Visible& visible,
               const Place& place,
               const FieldValues& values,
               Facet facet,
               Answer answer) {
    const auto& kind = *catalog::find_kind(place.kind);
    visible.facets.push_back(facet);
    for (auto& [tag, value] : catalog::facet_values(kind, facet, values)) {
        if (facet == Facet::Directory && !is_in_directory_of(office, asker, place, values, tag))
            continue;
        const auto* field = catalog::find_field(kind, tag);
        const bool hidden = answer == Answer::Mask && field != nullptr;
        assign(visible.values, tag, hidden ? catalog::masked(*field, value) : value);
    }
}

/// Customers a record of the office's own names without belonging to one of them.
std::vector<RecordId> customers_named(std::uint16_t tag, const FieldValues& values) {
    const auto* kind = catalog::find_kind(tag);
    std::vector<RecordId> named;
    if (kind == nullptr || kind->belongs != catalog::Belongs::Administration) return named;
    for (const catalog::Field& of : kind->fields) {
        const Value* value = catalog::names_file(of) ? find(values, of.tag) : nullptr;
        const auto customer = value == nullptr ? RecordId{} : as_record(*value);
        if (!customer.is_none()) named.push_back(customer);
    }
    return named;
}

}  // namespace

access::Decision may_view(Office& office,
                          const Asker& asker,
                          const Place& place,
                          const FieldValues& values,
                          Facet facet) {
    auto& people = office.people();
    const Instant now = office.now();
    const auto quoted = quoted_by(office.store(), place.kind, values);
    const auto subject =
        quoted ? people.subject(quoted->place, quoted->values) : people.subject(place, values);
    const auto view = [&](const access::Subject& of, Facet at) {
        return access::decide(people.viewer(asker.who, now), access::Operation::View, of, at,
                              {.now = now});
    };
    auto own = view(subject, quoted ? quoted->facet : facet);
    if (own.answer == Answer::Deny || quoted || !place.customer.is_none()) return own;
    // What names customers is seen by who may know of each: a pair of look-alikes, a merge.
    for (const RecordId& customer : customers_named(place.kind, values)) {
        const auto held = office.store().load(kCustomer.tag, customer);
        if (!held) continue;
        // An absorbed file is told of as it was before.
        const auto file =
            People::before_merge(people.subject({kCustomer.tag, customer, customer}, *held), *held);
        auto named = view(file, Facet::Directory);
        if (named.answer != Answer::Allow || named.purpose_needed) return named;
    }
    return own;
}

void note_read(
    Office& office, const Asker& asker, std::string_view action, const Place& place, bool allowed) {
    const auto* kind = catalog::find_kind(place.kind);
    AuditLine line;
    line.at = office.now();
    line.user = asker.who;
    line.action = action;
    line.entity = kind == nullptr ? "" : std::string(kind->name);
    line.record = place.record;
    line.purpose = asker.purpose;
    line.result = allowed ? "ok" : "denied";
    office.store().append_audit(std::move(line));
}

Sight sight_of(Office& office,
               const Asker& asker,
               const Place& place,
               const FieldValues& values,
               Facet facet) {
    Sight sight{may_view(office, asker, place, values, facet), {}};
    sight.permitted = access::permit(sight.decision, asker.purpose);
    return sight;
}

FieldValues as_shown(Office& office,
                     const Asker& asker,
                     const Place& place,
                     const FieldValues& record,
                     const FieldValues& quoted) {
    const auto& kind = *catalog::find_kind(place.kind);
    std::map<Facet, Sight> sights;
    FieldValues shown;
    for (const auto& [tag, value] : as_heard(office, asker, kind, record, quoted)) {
        const auto* of = catalog::find_field(kind, tag);
        if (of == nullptr) continue;
        const Facet facet = catalog::facet_of(kind, *of);
        auto sight = sights.find(facet);
        if (sight == sights.end())
            sight = sights.emplace(facet, sight_of(office, asker, place, record, facet)).first;
        const bool listed =
            facet != Facet::Directory || is_in_directory_of(office, asker, place, record, tag);
        const bool clear = listed && sight->second.in_clear();
        const bool withheld = !listed || !sight->second.permitted;
        shown.push_back({tag, clear                          ? value
                              : withheld && !is_empty(value) ? Value{std::string(kHidden)}
                                                             : catalog::masked(*of, value)});
    }
    return shown;
}

bool is_in_directory_of(Office& office,
                        const Asker& asker,
                        const Place& place,
                        const FieldValues& values,
                        std::uint16_t tag) {
    using catalog::kSecrecyLevel;
    const Value* level = find(values, kSecrecyLevel);
    if (!catalog::is_file(place.kind) || level == nullptr || as_number(*level).value_or(0) < 2)
        return true;
    const auto* of = catalog::find_field(kCustomer, tag);
    if (of != nullptr && of->outline) return true;
    return may_view(office, asker, place, values, Facet::Main).answer == Answer::Allow;
}

bool shows(const Visible& visible, Facet facet) {
    return std::find(visible.facets.begin(), visible.facets.end(), facet) != visible.facets.end();
}

Result<Visible> read_record(Office& office,
                            const Asker& asker,
                            const Place& place,
                            std::string_view action) {
    const auto* kind = catalog::find_kind(place.kind);
    const auto held =
        kind == nullptr ? std::nullopt : office.store().load(place.kind, place.record);
    if (!held) return fail(merge::kUnknownRecord);
    const auto values = as_heard(office, asker, *kind, *held);
    Visible visible;
    for (const Facet facet : catalog::facets_of(*kind)) {
        const auto [decision, permitted] = sight_of(office, asker, place, values, facet);
        if (permitted) {
            add_facet(office, asker, visible, place, values, facet, decision.answer);
        } else {
            visible.withheld.push_back({facet, decision, permitted.error()});
        }
    }
    note_read(office, asker, action, place, !visible.facets.empty());
    if (visible.facets.empty()) {
        if (visible.withheld.empty()) return fail(merge::kUnknownRecord);
        return tl::unexpected(visible.withheld.front().why);
    }
    return visible;
}

std::vector<Listed> all_records(Office& office, const Asker& asker, const catalog::Kind& kind) {
    auto records = known_records(office, asker, kind);
    note_read(office, asker, "list", {kind.tag, {}, {}}, true);
    return records;
}

}  // namespace dossier::server
