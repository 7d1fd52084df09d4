#include "server/reading/report_rows.hpp"

#include <algorithm>

#include "common/catalog/canonical.hpp"
#include "common/catalog/organisation.hpp"

#include "server/reading/view.hpp"

namespace dossier::server {
namespace {

using catalog::kUser;

report::Standing standing_of(Office& office, const UserId& user) {
    auto& people = office.people();
    const auto values =
        office.store().load(kUser.tag, user.as<RecordTag>()).value_or(FieldValues{});
    return {
        user, people.superiors(user),
        people.regions_above(record_in(values, catalog::field(kUser, "region_id").tag)),
        people.departments_above(record_in(values, catalog::field(kUser, "department_id").tag))};
}

FieldValues taken(const Counting& counting, const FieldValues& values) {
    FieldValues kept;
    for (const auto* of : counting.fields) {
        const Value* value = find(values, of->tag);
        if (value != nullptr) assign(kept, of->tag, *value);
    }
    return kept;
}

/// Whether the asker sees all of these fields of the record in clear.
bool sees(Office& office,
          const Asker& asker,
          const Place& place,
          const FieldValues& values,
          const std::vector<const catalog::Field*>& fields) {
    const auto& kind = *catalog::find_kind(place.kind);
    std::map<Facet, bool> facets;
    return std::ranges::all_of(fields, [&](const catalog::Field* of) {
        const Facet facet = catalog::facet_of(kind, *of);
        auto at = facets.find(facet);
        if (at == facets.end())
            at = facets.emplace(facet, sight_of(office, asker, place, values, facet).in_clear())
                     .first;
        return at->second && (facet != Facet::Directory ||
                              is_in_directory_of(office, asker, place, values, of->tag));
    });
}

/// What is taken of a record, and what people call it.
std::vector<const catalog::Field*> fields_named(const Counting& counting) {
    auto fields = counting.fields;
    fields.push_back(catalog::find_field(*counting.query.kind, counting.query.kind->title));
    return fields;
}

}  // namespace

ReportRows::ReportRows(Office& office, const Asker& asker, const report::Report& report)
    : office_(office),
      viewer_(office.people().viewer(asker.who, office.now())),
      readers_(report.readers) {}

bool ReportRows::are_of(const UserId& person) {
    auto at = known_.find(person);
    if (at == known_.end())
        at = known_
                 .emplace(person,
                          report::sees_rows_of(readers_, viewer_, standing_of(office_, person)))
                 .first;
    return at->second;
}

void count_records(Office& office,
                   const Asker& asker,
                   const Counting& counting,
                   const std::function<void(const Counted&)>& take,
                   const std::function<void()>& give_way) {
    auto& store = office.store();
    auto query = counting.query;
    query.limit = kWalkPage;
    const auto named = fields_named(counting);
    for (auto page = store.page(query); !page.empty(); page = store.page(query)) {
        for (const query::Hit& hit : page) {
            const auto values = store.load(query.kind->tag, hit.record);
            if (!values) continue;
            Counted counted{.record = hit.record, .values = taken(counting, *values)};
            if (!counting.counts(counted.values)) continue;
            const auto place = store.place(hit.record);
            counted.is_named = place && sees(office, asker, *place, *values, named);
            take(counted);
        }
        query.after = page.back().key();
        give_way();
    }
}

std::optional<Instant> first_step(Office& office, const RecordId& record, std::string_view step) {
    constexpr std::uint16_t kWholeRecord = 0;
    for (const JournalEntry& entry : office.store().history(record, kWholeRecord)) {
        if (entry.op == merge::OpKind::Event && entry.event == step && entry.won)
            return entry.stamp.at;
    }
    return std::nullopt;
}

void note_report(
    Office& office, const Asker& asker, const catalog::Kind& kind, std::string what, bool allowed) {
    AuditLine line;
    line.at = office.now();
    line.user = asker.who;
    line.action = "report";
    line.entity = kind.name;
    line.purpose = asker.purpose;
    line.result = allowed ? "ok" : "denied";
    line.detail = std::move(what);
    office.store().append_audit(std::move(line));
}

}  // namespace dossier::server
