#include "client/store/replica.hpp"

#include <algorithm>
#include <string>

#include "common/access/scopes.hpp"
#include "common/merge/elements.hpp"
#include "common/merge/overlay.hpp"
#include "common/sqlite/record_table.hpp"
#include "common/sqlite/select.hpp"

namespace dossier::client {
namespace {

using catalog::Facet;
using catalog::Field;
using catalog::Kind;

std::string quoted(std::string_view name) {
    return '"' + std::string(name) + '"';
}

std::string select_sql(const Query& query) {
    std::string sql = "SELECT id FROM " + quoted(query.kind->name) + " WHERE deleted_at IS NULL";
    int mark = 0;
    for (const auto& [tag, value] : query.where) {
        const Field* field = catalog::find_field(*query.kind, tag);
        sql += " AND " + quoted(field == nullptr ? "id" : field->name) + " IS ?" +
               std::to_string(++mark);
    }
    const std::string way = query.descending ? " DESC" : "";
    sql += " ORDER BY ";
    if (query.order_by != nullptr) sql += quoted(query.order_by->name) + way + ", ";
    return sql + "id" + way + " LIMIT ?" + std::to_string(mark + 1) + " OFFSET ?" +
           std::to_string(mark + 2);
}

/// Whether a scope of this sort brings every facet of the record that may lie on a laptop without
/// a grant, so that a facet it did not bring is empty at the office.
bool is_whole(std::uint8_t sort) {
    using access::ScopeSort;
    return sort == static_cast<std::uint8_t>(ScopeSort::Organisation) ||
           sort == static_cast<std::uint8_t>(ScopeSort::Self) ||
           sort == static_cast<std::uint8_t>(ScopeSort::Own);
}

/// Whether the value seen here is the one the office has: masked and withheld ones are not.
bool is_hidden(Facet facet, const Seen& seen, bool whole) {
    if (seen.own_unsent) return false;
    if (seen.version(facet).value > 0) return facet == Facet::Masked;
    const bool by_grant_only = facet == Facet::Granted || facet == Facet::Closed;
    return by_grant_only || !whole || seen.version(Facet::Main).value == 0;
}

}  // namespace

std::optional<FieldValues> Replica::load(const Kind& kind, const RecordId& record) {
    return sqlite::load_record(db_, kind, record);
}

std::optional<Seen> Replica::seen(const Kind& kind, const RecordId& record) {
    auto values = load(kind, record);
    if (!values) return std::nullopt;
    Seen seen;
    seen.values = std::move(*values);
    bool whole = false;
    const auto members = scopes_.of_record(record);
    for (const Membership& member : members) {
        auto& version = seen.versions[static_cast<std::size_t>(member.facet)];
        version = std::max(version, member.fv);
    }
    for (const HeldScope& scope : scopes_.list()) {
        whole =
            whole || (is_whole(scope.key.sort) &&
                      std::ranges::find(members, scope.id, &Membership::scope) != members.end());
    }
    seen.own_unsent = members.empty();
    const auto unsent = outbox_.unsent_ops(record);
    for (const Field* field : catalog::all_fields(kind)) {
        // What he himself wrote and has not sent yet he does see.
        const bool own = std::ranges::any_of(
            unsent, [&](const merge::Op& op) { return find(op.fields, field->tag) != nullptr; });
        if (!own && is_hidden(catalog::facet_of(kind, *field), seen, whole)) {
            seen.hidden.push_back(field->tag);
        }
    }
    for (const TrayItem& item : tray_.waiting_for(record)) {
        for (const auto& [tag, word] : item.op.fields) {
            seen.waiting.push_back(tag);
            const Field* field = catalog::find_field(kind, tag);
            if (field == nullptr || !merge::holds_elements(*field)) continue;
            Value waits = word;
            for (const merge::Op& later : unsent) waits = merge::remaining(*field, waits, later);
            const Value& held = merge::value_or_empty(seen.values, tag);
            assign(seen.values, tag, merge::united(*field, held, nullptr, waits));
        }
    }
    return seen;
}

const Kind* Replica::kind_of(const RecordId& record) {
    // A row lies here for the office's sake, or because of unsent words: see `remake`.
    auto row = db_.prepared(
        "SELECT kind FROM member WHERE record=?1 UNION ALL "
        "SELECT kind FROM awaited WHERE record=?1 LIMIT 1");
    if (row.bind(record).step())
        return catalog::find_kind(static_cast<std::uint16_t>(row.number(0)));
    const auto unsent = outbox_.unsent_ops(record);
    return unsent.empty() ? nullptr : catalog::find_kind(unsent.front().record_kind);
}

std::vector<RecordId> Replica::select(const Query& query) {
    auto row = db_.prepared(select_sql(query));
    int at = 0;
    for (const auto& each : query.where) row.put(++at, each.value);
    row.put(++at, std::uint64_t{query.limit});
    row.put(++at, std::uint64_t{query.offset});
    std::vector<RecordId> records;
    while (row.step()) records.push_back(row.id<RecordId>(0));
    return records;
}

std::vector<query::Hit> Replica::page(const query::Query& query) {
    const auto rows_with = [&](const Kind& kind, const query::Filter& filter, std::size_t most) {
        return search_.rows_with(kind, *filter.field, *as_text(filter.values.front()), most);
    };
    return sqlite::select_records(db_, query, {.rows_with = rows_with});
}

std::uint64_t Replica::count(const Kind& kind) {
    auto row = db_.prepared("SELECT count(*) FROM " + quoted(kind.name));
    return row.step() ? row.counter(0) : 0;
}

FieldValues Replica::office_values(const Kind& kind, const RecordId& record, Facet facet) {
    if (auto kept = mirror_.load(record, facet)) return std::move(*kept);
    const auto unsent = outbox_.unsent_ops(record);
    const bool made_here =
        std::ranges::find(unsent, merge::OpKind::Create, &merge::Op::kind) != unsent.end();
    return made_here ? FieldValues{} : sqlite::load_facet(db_, kind, record, facet);
}

RecordId Replica::customer_of(const Kind& kind, const RecordId& record, const FieldValues& values) {
    if (catalog::is_file(kind)) return record;
    if (kind.belongs != catalog::Belongs::Customer) return {};
    const Field* up = catalog::find_field(kind, kind.parent);
    const Value* value = up == nullptr ? nullptr : find(values, up->tag);
    const RecordId parent = value == nullptr ? RecordId{} : as_record(*value);
    if (parent.is_none() || catalog::names_file(*up)) return parent;
    const Kind* above = catalog::find_kind(up->target);
    const auto row = above == nullptr ? std::nullopt : load(*above, parent);
    return row ? customer_of(*above, parent, *row) : RecordId{};
}

}  // namespace dossier::client
