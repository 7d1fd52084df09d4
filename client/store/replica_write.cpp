// How the view changes: by own words, by what the office sends, by its answers, by what it takes
// away. See the law at the head of replica.hpp.
#include <algorithm>

#include "common/base/plant.hpp"
#include "common/catalog/encode.hpp"
#include "common/catalog/states.hpp"
#include "common/merge/overlay.hpp"
#include "common/sqlite/record_table.hpp"

#include "client/store/enrolment.hpp"
#include "client/store/forms.hpp"
#include "client/store/meta.hpp"
#include "client/store/replica.hpp"
#include "client/store/traces.hpp"

namespace dossier::client {
namespace {

using catalog::Facet;
using catalog::Kind;
using merge::Op;
using merge::OpKind;
using merge::VerdictKind;
using protocol::FacetEntry;

FieldValues without_empty(FieldValues values) {
    std::erase_if(values, [](const FieldValue& each) { return is_empty(each.value); });
    return values;
}

using catalog::kDeletedAt;

bool writes_values(const Op& op) {
    return op.kind == OpKind::Create || op.kind == OpKind::Set || op.kind == OpKind::Remove;
}

Facet facet_of_removal(const Kind& kind) {
    return catalog::facet_of(kind, *catalog::find_field(kind, kDeletedAt));
}

bool touches(const Kind& kind, const Op& op, Facet facet) {
    if (!writes_values(op)) return false;
    if (op.kind == OpKind::Remove) return facet == facet_of_removal(kind);
    return std::ranges::any_of(op.fields, [&](const FieldValue& each) {
        const auto* field = catalog::find_field(kind, each.tag);
        return field != nullptr && catalog::facet_of(kind, *field) == facet;
    });
}

bool touch(const Kind& kind, std::span<const Op> ops, Facet facet) {
    return std::ranges::any_of(ops, [&](const Op& op) { return touches(kind, op, facet); });
}

bool makes(std::span<const Op> ops) {
    return std::ranges::find(ops, OpKind::Create, &Op::kind) != ops.end();
}

/// `whole` with the fields of one facet replaced by `part`.
void replace_facet(const Kind& kind, FieldValues& whole, Facet facet, const FieldValues& part) {
    std::erase_if(whole, [&](const FieldValue& each) {
        const auto* field = catalog::find_field(kind, each.tag);
        return field != nullptr && catalog::facet_of(kind, *field) == facet;
    });
    for (const auto& [tag, value] : part) {
        if (catalog::find_field(kind, tag) != nullptr) assign(whole, tag, value);
    }
}

/// A case or proposal the office has decided closes what waited for it.
void settle_matter(Tray& tray, const Kind& kind, const FieldValues& values, Instant now) {
    if (!catalog::is_matter(kind)) return;
    const Value* number = find(values, catalog::find_field(kind, "number")->tag);
    const Value* state = find(values, catalog::find_field(kind, "state")->tag);
    if (number == nullptr || state == nullptr ||
        *state == Value{std::string(catalog::CaseState::kOpen)})
        return;
    // special: a case and a proposal are each answered by a verdict of their own.
    const bool is_case = kind.tag == catalog::kCase.tag;
    tray.settle(is_case ? VerdictKind::Case : VerdictKind::Proposal,
                static_cast<std::uint64_t>(as_number(*number).value_or(0)), now);
}

}  // namespace

/// One record about to be written: what it is now and what is laid over it.
struct Replica::Change {
    const Kind& kind;
    RecordId record;
    std::optional<FieldValues> before;
    std::vector<Op> unsent;
};

/// One batch of a scope on its way in.
struct Replica::Arrival {
    HeldScope& scope;
    Instant now;
    bool recounted;  ///< see kRecountedKey
    std::unordered_set<RecordId> purged = {};
    std::unordered_set<RecordId> erased = {};  ///< at the office, for good
};

void Replica::write(const Kind& kind,
                    const RecordId& record,
                    const std::optional<FieldValues>& before,
                    const FieldValues& after) {
    if (!before) {
        sqlite::store_record(db_, kind, record, after);
        search_.added(kind);
    } else if (*before != after) {
        search_.updated(kind, record, *before, after);
        sqlite::store_record(db_, kind, record, after);
    }
}

FieldValues Replica::lay(const Kind& kind, const Op& op, const FieldValues* before) {
    std::optional<FieldValues> row;
    if (before != nullptr) row = *before;
    const bool removes = op.kind == OpKind::Remove;
    if (row && (removes || (op.kind == OpKind::Set && !op.fields.empty()))) {
        const Facet facet =
            removes ? facet_of_removal(kind)
                    : catalog::facet_of(kind, *catalog::find_field(kind, op.fields.front().tag));
        // An unsent making of the record is under it: the office has nothing yet.
        if (!mirror_.has(op.record, facet) && !makes(outbox_.unsent_ops(op.record))) {
            mirror_.save(op.record, facet, catalog::facet_values(kind, facet, *row));
        }
    }
    auto after = without_empty(
        merge::overlay(kind, row.value_or(FieldValues{}), op.record, std::span(&op, 1)));
    if (writes_values(op)) write(kind, op.record, row, after);
    return after;
}

/// The office's values of the whole record under its unsent ops.
FieldValues Replica::office_row(const Kind& kind,
                                const RecordId& record,
                                const FieldValues& view,
                                bool made_here) {
    FieldValues office = made_here ? FieldValues{} : view;
    for (const Facet facet : catalog::facets_of(kind)) {
        if (const auto kept = mirror_.load(record, facet)) {
            replace_facet(kind, office, facet, *kept);
        }
    }
    return office;
}

/// Keeps the office's values of every facet with unsent ops over it, drops the others' and writes
/// the view; a row with nothing in it stays only with `keep_empty`.
void Replica::remake(const Change& change, const FieldValues& office, bool keep_empty) {
    const bool made_here = makes(change.unsent);
    for (const Facet facet : catalog::facets_of(change.kind)) {
        const auto part = catalog::facet_values(change.kind, facet, office);
        const bool needed = made_here ? !part.empty() : touch(change.kind, change.unsent, facet);
        if (needed) {
            mirror_.save(change.record, facet, part);
        } else {
            mirror_.drop(change.record, facet);
        }
    }
    const auto after =
        without_empty(merge::overlay(change.kind, office, change.record, change.unsent));
    if (!after.empty() || keep_empty) {
        write(change.kind, change.record, change.before, after);
    } else if (change.before) {
        search_.removed(change.kind, change.record);
        sqlite::erase_record(db_, change.kind, change.record);
        Traces(db_).left();
    }
}

Status Replica::apply(HeldScope& scope, std::span<const FacetEntry> entries, Instant now) {
    Arrival arrival{scope, now, Meta(db_).number(kRecountedKey) != 0};
    // Facets of one record that follow one another are written in one go.
    for (std::size_t at = 0; at < entries.size();) {
        std::size_t end = at + 1;
        while (end < entries.size() && entries[end].record == entries[at].record) ++end;
        const auto facets = entries.subspan(at, end - at);
        at = end;
        if (!scope.complete && scope.replaces == 0) {
            auto done = apply_new(scope, facets, now);
            if (!done) return pass(done);
            if (*done) continue;
        }
        auto status = apply_record(arrival, facets);
        if (!status) return status;
    }
    arrival.purged.insert(arrival.erased.begin(), arrival.erased.end());
    forget_erased(std::move(arrival.erased));
    forget_words(std::move(arrival.purged));
    return {};
}

/// The way of a first sync: a record that is new here has no unsent words, no mirrors and lies in
/// no scope, so that nothing is looked up. False when it is not new: nothing was done.
Result<bool> Replica::apply_new(HeldScope& scope,
                                std::span<const FacetEntry> entries,
                                Instant now) {
    const RecordId& record = entries.front().record;
    const Kind* kind = catalog::find_kind(entries.front().kind);
    if (kind == nullptr) return false;
    FieldValues office;
    bool partial = false;
    for (const FacetEntry& entry : entries) {
        if (!entry.present) return false;
        auto values = catalog::decode(entry.content);
        if (!values) return pass(values);
        if (std::erase_if(*values, [&](const FieldValue& each) {
                return catalog::find_field(*kind, each.tag) == nullptr;
            }) > 0) {
            partial = true;
        }
        if (office.empty()) {
            office = std::move(*values);
        } else {
            for (auto& [tag, value] : *values) assign(office, tag, std::move(value));
        }
    }
    if (!sqlite::insert_record(db_, *kind, record, office)) return false;
    search_.added(*kind);
    scope.partial = scope.partial || partial;
    Enrolment enrolment(scopes_, scope, {}, false);
    for (const FacetEntry& entry : entries) enrolment.enter(entry);
    settle_matter(tray_, *kind, office, now);
    return true;
}

Status Replica::apply_record(Arrival& arrival, std::span<const FacetEntry> entries) {
    HeldScope& scope = arrival.scope;
    const RecordId& record = entries.front().record;
    const Kind* kind = catalog::find_kind(entries.front().kind);
    if (kind == nullptr) scope.partial = true;
    auto before = kind == nullptr || !has_row(*kind, record) ? std::nullopt : load(*kind, record);
    // While a scope is first received, no row means no memberships. Later on it may be a damage.
    const bool known = before || kind == nullptr || scope.complete;
    Enrolment enrolment(scopes_, scope,
                        known ? scopes_.of_record(record) : std::vector<Membership>{},
                        arrival.recounted);
    std::vector<Op> unsent;
    if (before) unsent = outbox_.unsent_ops(record);
    FieldValues office;
    if (before) {
        office = unsent.empty() ? *before : office_row(*kind, record, *before, makes(unsent));
    }
    for (const FacetEntry& entry : entries) {
        const auto facet = static_cast<Facet>(entry.facet);
        if (!entry.present && entry.fv != Fv{}) arrival.erased.insert(record);
        const bool news = entry.present ? enrolment.enter(entry) : enrolment.leave(entry);
        if (!news || kind == nullptr) continue;
        auto values = catalog::decode(entry.content);
        if (!values) return pass(values);
        for (const auto& each : *values) {
            scope.partial = scope.partial || catalog::find_field(*kind, each.tag) == nullptr;
        }
        replace_facet(*kind, office, facet, entry.present ? *values : FieldValues{});
        if (!entry.present) arrival.purged.insert(record);
    }
    if (kind == nullptr) return {};
    const bool keep = enrolment.any() || is_awaited(record);
    if (!before && !keep) return {};
    if (before && tray_.has_open()) {
        tray_.settle_taken(record, office, arrival.now);
        tray_.settle_passed(record, office, arrival.now);
    }
    settle_matter(tray_, *kind, office, arrival.now);
    if (unsent.empty()) {
        // The common way, without looking for mirrors there cannot be.
        if (keep) {
            write(*kind, record, before, office);
        } else {
            search_.removed(*kind, record);
            sqlite::erase_record(db_, *kind, record);
        }
        return {};
    }
    remake({*kind, record, std::move(before), std::move(unsent)}, office, keep);
    return {};
}

void Replica::answered(const Op& op, const merge::Verdict& verdict) {
    const Kind* kind = catalog::find_kind(op.record_kind);
    auto before = kind == nullptr ? std::nullopt : load(*kind, op.record);
    if (!before || !writes_values(op)) return;
    // Of a record of which there is only one the office may have another half: it is there,
    // whatever became of single words, and comes with the next batch.
    const bool is_there = op.kind == OpKind::Create && (verdict.kind == VerdictKind::Superseded ||
                                                        verdict.kind == VerdictKind::Proposal ||
                                                        verdict.kind == VerdictKind::Case);
    const bool taken = is_there || verdict.kind == VerdictKind::Applied ||
                       verdict.kind == VerdictKind::Merged ||
                       verdict.kind == VerdictKind::Converged;
    auto unsent = outbox_.unsent_ops(op.record);
    const bool made_here = op.kind == OpKind::Create || makes(unsent);
    auto office = office_row(*kind, op.record, *before, made_here);
    if (taken) {
        office = without_empty(merge::overlay(*kind, office, op.record, std::span(&op, 1)));
        // What the office has not sent yet: it stays in sight until a checkpoint says that it
        // will not come.
        if (!holds_all(*kind, op)) {
            db_.prepared("INSERT OR IGNORE INTO awaited(record, kind) VALUES(?1, ?2)")
                .bind(op.record, unsigned{kind->tag})
                .run();
        }
    }
    const bool held = scopes_.holds(op.record) || is_awaited(op.record);
    // A record that was taken away while its last words were on their way goes with their answer.
    if (!held && unsent.empty()) office.clear();
    remake({*kind, op.record, std::move(before), std::move(unsent)}, office, held);
}

void Replica::doubt(const Op& op) {
    const Kind* kind = catalog::find_kind(op.record_kind);
    if (kind == nullptr) return;
    for (Membership& member : scopes_.of_record(op.record)) {
        if (!touches(*kind, op, member.facet)) continue;
        auto scope = scopes_.with_id(member.scope);
        if (!scope) continue;
        scope->set_hash.remove(member.hash);
        member.hash = {};
        scope->set_hash.add(member.hash);
        scopes_.put(scope->id, member);
        scopes_.save(*scope);
    }
}

/// Every facet an op wrote to lies here.
bool Replica::holds_all(const Kind& kind, const Op& op) {
    const auto members = scopes_.of_record(op.record);
    return std::ranges::all_of(catalog::facets_of(kind), [&](Facet facet) {
        return !touches(kind, op, facet) ||
               std::ranges::find(members, facet, &Membership::facet) != members.end();
    });
}

void Replica::forget(const Kind& kind, const RecordId& record, std::span<const Facet> facets) {
    auto before = load(kind, record);
    if (!before) return;
    auto unsent = outbox_.unsent_ops(record);
    auto office = office_row(kind, record, *before, makes(unsent));
    for (const Facet facet : facets) replace_facet(kind, office, facet, {});
    const bool keep = scopes_.holds(record) || is_awaited(record);
    remake({kind, record, std::move(before), std::move(unsent)}, office, keep);
}

/// Words about records that left are sealed; what else they touched is shown without them.
void Replica::forget_words(std::unordered_set<RecordId> purged) {
    if (purged.empty()) return;
    Traces(db_).left();
    Forms(db_).forget(purged);
    lay_anew(outbox_.purge(std::move(purged)));
}

/// Nothing its author wrote of it stays to be read: not in the tray, no content that waits.
void Replica::forget_erased(std::unordered_set<RecordId> erased) {
    if (erased.empty()) return;
    Traces(db_).left();
    Forms(db_).forget(erased);
    for (const RecordId& record : erased)
        db_.prepared("DELETE FROM upload WHERE record=?1 OR customer=?1").bind(record).run();
    outbox_.forget_quotes(erased);
    tray_.erase(std::move(erased));
}

void Replica::seal_unsent() {
    Traces(db_).left();
    lay_anew(outbox_.seal_unsent());
}

/// The view of records whose unsent words were sealed.
void Replica::lay_anew(const std::vector<std::pair<RecordId, std::uint16_t>>& records) {
    for (const auto& [record, tag] : records) {
        const Kind* kind = catalog::find_kind(tag);
        auto before = kind == nullptr ? std::nullopt : load(*kind, record);
        if (!before) continue;
        const bool held = scopes_.holds(record) || is_awaited(record);
        const auto office = held ? office_row(*kind, record, *before, false) : FieldValues{};
        remake({*kind, record, std::move(before), outbox_.unsent_ops(record)}, office, held);
    }
}

/// A short question where a first sync asks it of every record.
bool Replica::has_row(const Kind& kind, const RecordId& record) {
    return db_.prepared("SELECT 1 FROM \"" + std::string(kind.name) + "\" WHERE id=?1")
        .bind(record)
        .step();
}

bool Replica::is_awaited(const RecordId& record) {
    return db_.prepared("SELECT 1 FROM awaited WHERE record=?1").bind(record).step();
}

}  // namespace dossier::client
