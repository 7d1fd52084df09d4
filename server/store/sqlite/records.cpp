// Records in the catalog's tables and where they belong.
#include "common/base/check.hpp"
#include "common/catalog/catalog.hpp"
#include "common/catalog/customer.hpp"
#include "common/sqlite/record_table.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

const catalog::Kind& kind_of(std::uint16_t tag) {
    const catalog::Kind* kind = catalog::find_kind(tag);
    DOSSIER_CHECK(kind != nullptr);
    return *kind;
}

std::string quoted(std::string_view name) {
    return '"' + std::string(name) + '"';
}

/// "None" is stored as NULL.
Value or_null(const RecordId& id) {
    return id.is_none() ? Value{} : Value{id};
}

std::vector<RecordId> ids(sqlite::Statement& rows) {
    std::vector<RecordId> found;
    while (rows.step()) found.push_back(rows.id<RecordId>(0));
    return found;
}

}  // namespace

std::optional<Place> SqliteStore::place(const RecordId& record) {
    auto row = db_.prepared("SELECT kind, customer FROM office_record WHERE id=?1");
    if (!row.bind(record).step()) return std::nullopt;
    return Place{static_cast<std::uint16_t>(row.number(0)), record, row.id<RecordId>(1)};
}

std::optional<FieldValues> SqliteStore::load(std::uint16_t kind, const RecordId& record) {
    return sqlite::load_record(db_, kind_of(kind), record);
}

FieldValues SqliteStore::load_facet(std::uint16_t kind, const RecordId& record, Facet facet) {
    return sqlite::load_facet(db_, kind_of(kind), record, facet);
}

void SqliteStore::save_place(const Place& place) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_record(id, kind, customer) VALUES(?1, ?2, ?3)
        ON CONFLICT(id) DO UPDATE SET customer = excluded.customer
        WHERE customer IS NOT excluded.customer)sql";
    db_.prepared(kSql).bind(place.record, place.kind, or_null(place.customer)).run();
}

void SqliteStore::save(const Place& place, const FieldValues& values) {
    save_place(place);
    sqlite::store_record(db_, kind_of(place.kind), place.record, values);
    if (catalog::is_file(place.kind)) refresh_customer_key(place.record, values);
}

void SqliteStore::save_fields(const Place& place, const FieldValues& changed) {
    const catalog::Kind& kind = kind_of(place.kind);
    save_place(place);
    bool renamed = false;
    for (const FieldValue& each : changed) {
        const catalog::Field* field = catalog::find_field(kind, each.tag);
        DOSSIER_CHECK(field != nullptr);
        // One statement a field, not one a set of fields: the number of statements stays bounded.
        const int rows = db_.prepared("UPDATE " + quoted(kind.name) + " SET " +
                                      quoted(field->name) + "=?2 WHERE id=?1")
                             .bind(place.record, each.value)
                             .run();
        DOSSIER_CHECK(rows == 1);
        renamed = renamed || is_keyed(each.tag);
    }
    if (!renamed || !catalog::is_file(place.kind)) return;
    refresh_customer_key(place.record, load(place.kind, place.record).value_or(FieldValues{}));
}

std::vector<Place> SqliteStore::file_of(const RecordId& customer) {
    static constexpr std::string_view kSql = R"sql(
        SELECT kind, id FROM office_record WHERE customer=?1
        ORDER BY id=?1 DESC, kind, id)sql";
    auto rows = db_.prepared(kSql);
    rows.bind(customer);
    std::vector<Place> file;
    while (rows.step()) {
        file.push_back(
            {static_cast<std::uint16_t>(rows.number(0)), rows.id<RecordId>(1), customer});
    }
    return file;
}

std::vector<RecordId> SqliteStore::find(std::uint16_t kind, std::uint16_t tag, const Value& value) {
    const catalog::Field* field = catalog::find_field(kind_of(kind), tag);
    DOSSIER_CHECK(field != nullptr);
    const std::string sql =
        "SELECT id FROM " + quoted(kind_of(kind).name) + " WHERE " + quoted(field->name);
    // The index holds filled values only, so both questions need their own words.
    auto rows = db_.prepared(sql + (is_empty(value) ? " IS NULL ORDER BY id" : "=?1 ORDER BY id"));
    if (!is_empty(value)) rows.bind(value);
    return ids(rows);
}

std::vector<RecordId> SqliteStore::list(std::uint16_t kind,
                                        const RecordId& after,
                                        std::size_t limit) {
    auto rows = db_.prepared("SELECT id FROM " + quoted(kind_of(kind).name) +
                             " WHERE id>?1 ORDER BY id LIMIT ?2");
    rows.bind(after, limit);
    return ids(rows);
}

std::uint64_t SqliteStore::count(std::uint16_t kind) {
    auto row = db_.prepared("SELECT count(*) FROM " + quoted(kind_of(kind).name));
    return row.step() ? row.counter(0) : 0;
}

}  // namespace dossier::server
