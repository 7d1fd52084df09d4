#include "common/sqlite/select.hpp"

#include <algorithm>

#include "common/base/check.hpp"

namespace dossier::sqlite {
namespace {

using catalog::Field;
using catalog::Kind;
using query::Filter;
using query::Test;

std::string in_quotes(std::string_view name) {
    return '"' + std::string(name) + '"';
}

/// SQL being written, with the values of its marks in order.
struct Words {
    std::string sql;
    std::vector<Value> values;

    std::string mark(Value value) {
        values.push_back(std::move(value));
        return "?" + std::to_string(values.size());
    }
};

/// An element of a JSON array as text.
Value element(const Value& value) {
    const auto id = as_record(value);
    return id.is_none() ? value : Value{to_text(id)};
}

std::string marks(Words& words, const Filter& filter, bool elements) {
    std::string list;
    for (const Value& value : filter.values)
        list += (list.empty() ? "" : ",") + words.mark(elements ? element(value) : value);
    return "(" + list + ")";
}

std::string comparison(Test test) {
    switch (test) {
        case Test::Less:
            return "<";
        case Test::AtMost:
            return "<=";
        case Test::Greater:
            return ">";
        default:
            return ">=";
    }
}

std::string among(Words& words, const Filter& filter) {
    const std::string column = in_quotes(filter.field->name);
    if (!query::holds_many(*filter.field)) return column + " IN " + marks(words, filter, false);
    return "EXISTS(SELECT 1 FROM json_each(" + column + ") AS e WHERE e.value IN " +
           marks(words, filter, true) + ")";
}

std::string condition(Words& words, const Filter& filter) {
    const std::string column = in_quotes(filter.field->name);
    switch (filter.test) {
        case Test::Equal:
            if (!query::holds_many(*filter.field))
                return column + "=" + words.mark(filter.values.front());
            [[fallthrough]];
        case Test::OneOf:
            return "(" + column + " IS NOT NULL AND " + among(words, filter) + ")";
        case Test::NotEqual:
        case Test::NoneOf:
            return "(" + column + " IS NULL OR NOT " + among(words, filter) + ")";
        case Test::Contains:
            return "instr(folded_text(" + column + ")," +
                   words.mark(query::folded_text(*as_text(filter.values.front()))) + ")>0";
        case Test::Empty:
            return column + " IS NULL";
        case Test::Filled:
            return column + " IS NOT NULL";
        default:
            return column + comparison(filter.test) + words.mark(filter.values.front());
    }
}

std::string conditions(Words& words, const std::vector<Filter>& where, bool with_gone) {
    std::string all = with_gone ? "1" : "deleted_at IS NULL AND merged_into_id IS NULL";
    for (const Filter& filter : where) all += " AND " + condition(words, filter);
    return all;
}

Once ask(Connection& db, const Words& words) {
    Once once = db.once(words.sql);
    for (std::size_t at = 0; at < words.values.size(); ++at)
        once.rows().put(static_cast<int>(at) + 1, words.values[at]);
    return once;
}

std::string index_name(const Kind& kind) {
    return "list_" + std::string(kind.name);
}

std::vector<std::string_view> listed_fields(const Kind& kind) {
    std::vector<std::string_view> names{kind.list_order, "id"};
    std::string_view rest = kind.list_filters;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('|'), rest.size());
        if (rest.substr(0, end) != kind.list_order) names.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return names;
}

/// A filter that leaves few records has an index of its own; the planner finds it.
bool is_narrow(const Filter& filter) {
    return filter.test == Test::Equal &&
           (filter.field->unique || catalog::names_person(*filter.field) ||
            catalog::names_file(*filter.field));
}

bool has_index(Connection& db, const std::string& name) {
    auto row = db.prepared("SELECT 1 FROM sqlite_schema WHERE type='index' AND name=?1");
    return row.bind(name).step();
}

/// The planner has no statistics: left alone it takes a region's index for a narrow one and reads
/// a fifth of the table.
std::string hint(Connection& db, const query::Query& query) {
    const Kind& kind = *query.kind;
    const bool usual = !kind.list_order.empty() && query.order.field != nullptr &&
                       query.order.field->name == kind.list_order;
    if (!usual || std::ranges::any_of(query.where, is_narrow)) return "";
    return has_index(db, index_name(kind)) ? " INDEXED BY " + in_quotes(index_name(kind)) : "";
}

/// One stretch of a page: behind `bound`, of records with an empty value of the order, or of the
/// others. SQLite walks each along an index; asked in one question with OR it reads the table.
enum class Stretch : std::uint8_t { All, Empty, Filled };

struct Page {
    const query::Query& query;
    std::string way;
    std::string from;  ///< table with its hint

    Page(Connection& db, const query::Query& asked)
        : query(asked),
          way(asked.order.descending ? " DESC" : ""),
          from(in_quotes(asked.kind->name) + hint(db, asked)) {}

    [[nodiscard]] std::string column() const {
        return query.order.field == nullptr ? "NULL" : in_quotes(query.order.field->name);
    }

    void read(Connection& db, Stretch stretch, bool bounded, std::vector<query::Hit>& hits) const {
        if (hits.size() >= query.limit) return;
        Words words;
        words.sql = "SELECT id," + column() + " FROM " + from + " WHERE " +
                    conditions(words, query.where, query.with_gone);
        const std::string sign = query.order.descending ? "<" : ">";
        const bool by_value = query.order.field != nullptr;
        if (stretch == Stretch::Empty) words.sql += " AND " + column() + " IS NULL";
        if (stretch == Stretch::Filled) words.sql += " AND " + column() + " IS NOT NULL";
        if (bounded && stretch == Stretch::Filled) {
            words.sql += " AND (" + column() + ",id)" + sign + "(" +
                         words.mark(query.after->value) + "," + words.mark(query.after->record) +
                         ")";
        } else if (bounded) {
            words.sql += " AND id" + sign + words.mark(query.after->record);
        }
        words.sql += " ORDER BY ";
        if (by_value && stretch != Stretch::Empty) words.sql += column() + way + ",";
        words.sql += "id" + way + " LIMIT " +
                     words.mark(static_cast<std::int64_t>(query.limit - hits.size()));
        Once once = ask(db, words);
        while (once.rows().step())
            hits.push_back({once.rows().id<RecordId>(0), once.rows().value(1)});
    }
};

}  // namespace

std::vector<query::Hit> select_records(Connection& db, const query::Query& query) {
    std::vector<query::Hit> hits;
    const Page page(db, query);
    const bool bounded = query.after.has_value();
    if (query.order.field == nullptr || !bounded) {
        page.read(db, Stretch::All, bounded, hits);
    } else if (is_empty(query.after->value)) {
        page.read(db, Stretch::Empty, true, hits);
        if (!query.order.descending) page.read(db, Stretch::Filled, false, hits);
    } else {
        page.read(db, Stretch::Filled, true, hits);
        if (query.order.descending) page.read(db, Stretch::Empty, false, hits);
    }
    return hits;
}

std::uint64_t count_records(Connection& db, const query::Query& query) {
    Words words;
    words.sql = "SELECT count(*) FROM " + in_quotes(query.kind->name) + " WHERE " +
                conditions(words, query.where, query.with_gone);
    Once once = ask(db, words);
    return once.rows().step() ? once.rows().counter(0) : 0;
}

std::vector<query::Group> fold_records(Connection& db, const query::Fold& fold) {
    DOSSIER_CHECK(fold.by.size() <= query::kFoldFieldsMax);
    std::string columns;
    std::string sums;
    for (const Field* field : fold.by) columns += in_quotes(field->name) + ",";
    for (const Field* field : fold.sums) sums += ",coalesce(sum(" + in_quotes(field->name) + "),0)";
    const std::string keys = columns.substr(0, columns.empty() ? 0 : columns.size() - 1);
    Words words;
    words.sql = "SELECT " + columns + "count(*)" + sums + " FROM " + in_quotes(fold.kind->name) +
                " WHERE " + conditions(words, fold.where, fold.with_gone);
    if (!keys.empty()) words.sql += " GROUP BY " + keys + " ORDER BY " + keys;
    std::vector<query::Group> groups;
    Once once = ask(db, words);
    Statement& rows = once.rows();
    while (rows.step()) {
        query::Group group;
        int at = 0;
        for (; at < static_cast<int>(fold.by.size()); ++at) group.values.push_back(rows.value(at));
        group.count = rows.counter(at++);
        for (std::size_t sum = 0; sum < fold.sums.size(); ++sum)
            group.sums.push_back(rows.number(at++));
        if (group.count > 0) groups.push_back(std::move(group));
    }
    return groups;
}

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

}  // namespace dossier::sqlite
