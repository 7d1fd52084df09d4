#include "common/sqlite/record_table.hpp"

#include <map>
#include <set>

#include "common/catalog/ddl.hpp"

namespace dossier::sqlite {
namespace {

using catalog::Facet;
using catalog::Field;
using catalog::Kind;

std::string quoted(std::string_view name) {
    return '"' + std::string(name) + '"';
}

/// SQL over one set of columns of one kind, made once.
struct Sql {
    std::uint32_t slot = 0;  ///< of `select`; the others have the next
    std::string select;
    std::string upsert;  ///< ?1 = id, then the fields in tag order
    std::string insert;  ///< the same; does nothing where there is a row
};

Sql sql_for(const Kind& kind, const std::vector<const Field*>& fields) {
    std::string columns;
    std::string marks;
    std::string updates;
    int at = 1;
    for (const Field* field : fields) {
        columns += (columns.empty() ? "" : ",") + quoted(field->name);
        marks += ",?" + std::to_string(++at);
        updates +=
            (updates.empty() ? "" : ",") + quoted(field->name) + "=excluded." + quoted(field->name);
    }
    const std::string table = quoted(kind.name);
    const std::string insert =
        "INSERT INTO " + table + "(id," + columns + ") VALUES(?1" + marks + ") ON CONFLICT(id) DO ";
    return {0, "SELECT " + columns + " FROM " + table + " WHERE id=?1",
            insert + "UPDATE SET " + updates, insert + "NOTHING"};
}

/// Facet 0 stands for the whole record.
const Sql& sql_of(const Kind& kind, int facet) {
    thread_local std::map<std::pair<std::uint16_t, int>, Sql> made;
    auto [at, fresh] = made.try_emplace({kind.tag, facet});
    if (fresh) {
        at->second =
            sql_for(kind, facet == 0 ? catalog::all_fields(kind)
                                     : catalog::fields_of(kind, static_cast<Facet>(facet)));
        at->second.slot =
            (std::uint32_t{kind.tag} << 8U) | (static_cast<std::uint32_t>(facet) << 2U);
    }
    return at->second;
}

std::optional<FieldValues> load(Connection& db,
                                const Sql& sql,
                                const std::vector<const Field*>& fields,
                                const RecordId& id) {
    auto row = db.prepared(sql.slot, sql.select);
    if (!row.bind(id).step()) return std::nullopt;
    FieldValues values;
    values.reserve(fields.size());
    int column = 0;
    for (const Field* field : fields) {
        Value value = row.value(column++);
        if (!std::holds_alternative<std::monostate>(value))
            values.push_back({field->tag, std::move(value)});
    }
    return values;
}

/// The number of rows changed.
int run(Statement row,
        const std::vector<const Field*>& fields,
        const RecordId& id,
        const FieldValues& values) {
    row.bind(id);
    int at = 1;
    auto value = values.begin();
    for (const Field* field : fields) {
        ++at;
        while (value != values.end() && value->tag < field->tag) ++value;
        if (value != values.end() && value->tag == field->tag) row.put(at, value->value);
    }
    return row.run();
}

void store(Connection& db,
           const Sql& sql,
           const std::vector<const Field*>& fields,
           const RecordId& id,
           const FieldValues& values) {
    run(db.prepared(sql.slot + 1, sql.upsert), fields, id, values);
}

}  // namespace

void create_record_tables(Connection& db) {
    for (const Kind* kind : catalog::kinds()) {
        std::vector<std::string> columns;
        {
            auto rows = db.prepared("SELECT name FROM pragma_table_info(?1)");
            rows.bind(kind->name);
            while (rows.step()) columns.emplace_back(rows.text(0));
        }
        if (columns.empty()) {
            db.exec(catalog::create_table(*kind));
        } else {
            for (const auto& statement : catalog::add_columns(*kind, columns)) db.exec(statement);
        }
    }
}

std::optional<FieldValues> load_record(Connection& db, const Kind& kind, const RecordId& id) {
    return load(db, sql_of(kind, 0), catalog::all_fields(kind), id);
}

FieldValues load_facet(Connection& db, const Kind& kind, const RecordId& id, Facet facet) {
    const auto values =
        load(db, sql_of(kind, static_cast<int>(facet)), catalog::fields_of(kind, facet), id);
    return values.value_or(FieldValues{});
}

void store_record(Connection& db, const Kind& kind, const RecordId& id, const FieldValues& values) {
    store(db, sql_of(kind, 0), catalog::all_fields(kind), id, values);
}

bool insert_record(Connection& db,
                   const Kind& kind,
                   const RecordId& id,
                   const FieldValues& values) {
    const Sql& sql = sql_of(kind, 0);
    return run(db.prepared(sql.slot + 2, sql.insert), catalog::all_fields(kind), id, values) > 0;
}

void store_facet(
    Connection& db, const Kind& kind, const RecordId& id, Facet facet, const FieldValues& values) {
    store(db, sql_of(kind, static_cast<int>(facet)), catalog::fields_of(kind, facet), id, values);
}

bool erase_record(Connection& db, const Kind& kind, const RecordId& id) {
    return db.prepared("DELETE FROM " + quoted(kind.name) + " WHERE id=?1").bind(id).run() > 0;
}

}  // namespace dossier::sqlite
