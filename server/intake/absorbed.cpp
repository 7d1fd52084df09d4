#include "server/intake/absorbed.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"
#include "common/catalog/duplicate.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/faults.hpp"
#include "common/merge/refusals.hpp"

namespace dossier::server {
namespace {

using catalog::field;
using catalog::kCustomer;
using catalog::kMerge;
using merge::OpKind;
using merge::VerdictKind;

using catalog::kMergedInto;

/// Values that name absorbed customers name their survivors instead. The absorbed one a parent
/// field named.
RecordId repoint_values(Store& store, const catalog::Kind& kind, FieldValues& values) {
    RecordId absorbed;
    for (auto& [tag, value] : values) {
        const auto* of = catalog::find_field(kind, tag);
        if (of == nullptr || !catalog::names_file(*of) || is_empty(value)) continue;
        const RecordId named = as_record(value);
        const RecordId survivor = survivor_of(store, named);
        if (survivor == named) continue;
        value = survivor;
        if (of->name == kind.parent) absorbed = named;
    }
    return absorbed;
}

/// The merge that holds: of this absorbed customer, or with this number.
std::optional<FieldValues> merge_of(Store& store, std::string_view name, const Value& value) {
    for (const RecordId& id :
         store.find(kMerge.tag, catalog::find_field(kMerge, name)->tag, value)) {
        auto values = store.load(kMerge.tag, id);
        const Value* state = values ? find(*values, field(kMerge, "state").tag) : nullptr;
        if (state != nullptr && *state == Value{std::string(catalog::MergeState::kMerged)})
            return values;
    }
    return std::nullopt;
}

/// The last merge that moved this record, if it still holds.
std::optional<FieldValues> merge_that_moved(Store& store, const RecordId& record) {
    constexpr std::uint16_t kWhole = 0;
    const auto history = store.history(record, kWhole);
    const auto last = std::find_if(history.rbegin(), history.rend(), [](const JournalEntry& entry) {
        return entry.event == "merge" && entry.matter != 0;
    });
    if (last == history.rend()) return std::nullopt;
    return merge_of(store, "number", static_cast<std::int64_t>(last->matter));
}

/// Who knows neither file learns nothing of their merge.
bool knows_either(const Desk& desk, const RecordId& survivor, const RecordId& absorbed) {
    const Place place{kCustomer.tag, survivor, survivor};
    const auto values = desk.store.load(kCustomer.tag, survivor).value_or(FieldValues{});
    if (is_known_to(desk, standing_of(desk, place, values), kCustomer)) return true;
    Desk about = desk;
    about.absorbed = absorbed;
    const auto before = standing_before_merge(about, absorbed);
    return before && is_known_to(desk, *before, kCustomer);
}

}  // namespace

RecordId survivor_of(Store& store, const RecordId& customer) {
    // The door refuses circles; the bound keeps a damaged store from holding up the office.
    constexpr int kMergesMax = 1000;
    RecordId at = customer;
    for (int step = 0; step < kMergesMax; ++step) {
        const auto directory = store.load_facet(kCustomer.tag, at, Facet::Directory);
        const Value* next = find(directory, kMergedInto);
        if (next == nullptr || is_empty(*next)) break;
        at = as_record(*next);
    }
    return at;
}

std::optional<Place> only_of_kind(Store& store,
                                  const catalog::Kind& kind,
                                  const RecordId& customer) {
    if (!catalog::is_one_per_file(kind)) return std::nullopt;
    const auto* parent = catalog::find_field(kind, kind.parent);
    for (const RecordId& id : store.find(kind.tag, parent->tag, customer)) {
        const auto place = store.place(id);
        if (place) return place;
    }
    return std::nullopt;
}

Repointed repoint(const Desk& desk, const merge::Op& op) {
    Repointed as_meant{op, {}, {}};
    const auto* kind = catalog::find_kind(op.record_kind);
    const bool merges = op.event == "merge" || op.event == "unmerge";
    if (kind == nullptr || desk.is_system() || merges) return as_meant;
    as_meant.absorbed = repoint_values(desk.store, *kind, as_meant.op.fields);
    repoint_values(desk.store, *kind, as_meant.op.base);
    if (op.kind == OpKind::Create) return as_meant;
    as_meant.absorbed = {};
    const auto place = desk.store.place(op.record);
    if (!place || place->customer.is_none()) return as_meant;
    const RecordId survivor = survivor_of(desk.store, place->customer);
    if (survivor == place->customer) return as_meant;
    // The record is the absorbed customer, or one that stayed with it.
    as_meant.absorbed = place->customer;
    if (op.kind != OpKind::Set && !knows_either(desk, survivor, place->customer)) {
        as_meant.answer = refused(Error{&merge::kUnknownRecord, {}});
        return as_meant;
    }
    if (op.kind == OpKind::Remove) {
        as_meant.answer = merge::Verdict{.kind = VerdictKind::Converged};
        return as_meant;
    }
    const auto instead = catalog::is_file(*kind) ? desk.store.place(survivor)
                                                 : only_of_kind(desk.store, *kind, survivor);
    if (op.kind != OpKind::Set || !desk.from_laptop() || !instead) {
        as_meant.answer = refused(Error{&merge::kRemoved, {}});
        return as_meant;
    }
    as_meant.op.record = instead->record;
    return as_meant;
}

std::optional<Standing> standing_before_merge(const Desk& desk, const RecordId& moved) {
    if (!desk.from_laptop()) return std::nullopt;
    const auto merge = desk.absorbed.is_none() ? merge_that_moved(desk.store, moved)
                                               : merge_of(desk.store, "absorbed_id", desk.absorbed);
    if (!merge) return std::nullopt;
    const Value* absorbed = find(*merge, field(kMerge, "absorbed_id").tag);
    const Value* at = find(*merge, field(kMerge, "merged_at").tag);
    const RecordId id = absorbed == nullptr ? RecordId{} : as_record(*absorbed);
    const auto values = desk.store.load(kCustomer.tag, id);
    if (!values || at == nullptr) return std::nullopt;
    Standing standing = standing_of(desk, {kCustomer.tag, id, id}, *values);
    standing.subject = People::before_merge(std::move(standing.subject), *values);
    standing.late = standing.late || desk.bearer.at.ms >= as_number(*at).value_or(0);
    return standing;
}

}  // namespace dossier::server
