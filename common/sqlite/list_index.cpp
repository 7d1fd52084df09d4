#include "common/sqlite/list_index.hpp"

#include <algorithm>

#include "common/sqlite/conditions.hpp"

namespace dossier::sqlite {
namespace {

using catalog::Kind;

std::string index_name(const Kind& kind) {
    return "list_" + std::string(kind.name);
}

std::vector<std::string_view> listed_fields(const Kind& kind) {
    std::vector<std::string_view> names{kind.list_order, "id"};
    for (const auto name : catalog::names_in(kind.list_filters)) {
        if (name != kind.list_order) names.push_back(name);
    }
    return names;
}

/// Records are made in order: the last row's number is about how many there are.
bool is_long(Connection& db, const Kind& kind, std::uint64_t rows_min) {
    auto row = db.prepared("SELECT coalesce(max(rowid),0) FROM " + in_quotes(kind.name));
    return row.step() && row.counter(0) >= rows_min;
}

}  // namespace

void ensure_list_index(Connection& db, const Kind& kind) {
    if (kind.list_order.empty()) return;
    std::string columns;
    for (const std::string_view name : listed_fields(kind)) columns += in_quotes(name) + ",";
    const std::string sql = "CREATE INDEX " + in_quotes(index_name(kind)) + " ON " +
                            in_quotes(kind.name) + "(" + columns +
                            "\"deleted_at\",\"merged_into_id\")";
    {
        auto row = db.prepared("SELECT sql FROM sqlite_schema WHERE type='index' AND name=?1");
        if (row.bind(index_name(kind)).step() && row.text(0) == sql) return;
    }
    db.exec("DROP INDEX IF EXISTS " + in_quotes(index_name(kind)));
    db.exec(sql);
}

void ensure_filter_indexes(Connection& db, const Kind& kind, std::uint64_t rows_min) {
    if (kind.list_order.empty() || !is_long(db, kind, rows_min)) return;
    auto names = catalog::names_in(kind.list_filters);
    for (const catalog::Field& field : kind.fields) {
        if (field.directory && catalog::names_person(field)) names.push_back(field.name);
    }
    names.push_back(catalog::find_field(kind, catalog::kCreatedBy)->name);
    const Indexes known = indexes_of(db, kind);
    for (const std::string_view name : names) {
        if (known.contains(name)) continue;
        const std::string index = "filter_" + std::string(kind.name) + "_" + std::string(name);
        db.exec("CREATE INDEX " + in_quotes(index) + " ON " + in_quotes(kind.name) + "(" +
                in_quotes(name) + ")");
    }
}

std::string list_index(Connection& db, const Kind& kind) {
    auto row = db.prepared("SELECT 1 FROM sqlite_schema WHERE type='index' AND name=?1");
    return row.bind(index_name(kind)).step() ? index_name(kind) : std::string();
}

Indexes indexes_of(Connection& db, const Kind& kind) {
    static constexpr std::string_view kSql = R"sql(
        SELECT c.name, i.name FROM pragma_index_list(?1) AS i, pragma_index_info(i.name) AS c
        WHERE c.seqno=0)sql";
    Indexes indexes;
    auto rows = db.prepared(kSql);
    rows.bind(kind.name);
    while (rows.step()) indexes.emplace(rows.text(0), rows.text(1));
    return indexes;
}

}  // namespace dossier::sqlite
