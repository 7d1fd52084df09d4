#include "common/sqlite/conditions.hpp"

#include "common/base/check.hpp"
#include "common/catalog/customer.hpp"

namespace dossier::sqlite {
namespace {

using catalog::Kind;
using query::Filter;
using query::Test;
using query::Way;

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

std::string among(Words& words, const std::string& column, const Filter& filter) {
    if (!query::holds_many(*filter.field)) return column + " IN " + marks(words, filter, false);
    return "EXISTS(SELECT 1 FROM json_each(" + column + ") AS e WHERE e.value IN " +
           marks(words, filter, true) + ")";
}

/// The customer of the listed record, and whether it passes. A record of none has one without
/// values.
std::string file_passes(Words& words, const Way& way, PlaceTable places) {
    DOSSIER_CHECK(!places.empty());
    std::string sql =
        "EXISTS(SELECT 1 FROM (SELECT 1) LEFT JOIN " + in_quotes(places) + " AS p ON p.id=t.id";
    if (!way.file.empty())
        sql += " LEFT JOIN " + in_quotes(catalog::kCustomer.name) + " AS f ON f.id=p.customer";
    std::string where;
    if (!way.files.empty()) {
        for (const RecordId& file : way.files)
            where += (where.empty() ? "p.customer IN (" : ",") + words.mark(file);
        where += way.file.empty() ? ")" : ") AND ";
    }
    if (!way.file.empty()) where += conditions(words, kFile, way.file);
    return sql + " WHERE " + where + ")";
}

std::string condition(Words& words, const Kind& kind, const Way& way, PlaceTable places) {
    std::string all = conditions(words, kListed, way.own);
    if (way.files.empty() && way.file.empty()) return all;
    if (!catalog::is_file(kind)) return all + " AND " + file_passes(words, way, places);
    if (!way.files.empty()) {
        std::string list;
        for (const RecordId& file : way.files) list += (list.empty() ? "" : ",") + words.mark(file);
        all += " AND t.id IN (" + list + ")";
    }
    return way.file.empty() ? all : all + " AND " + conditions(words, kListed, way.file);
}

}  // namespace

std::string in_quotes(std::string_view name) {
    return '"' + std::string(name) + '"';
}

Once ask(Connection& db, const Words& words) {
    Once once = db.once(words.sql);
    for (std::size_t at = 0; at < words.values.size(); ++at)
        once.rows().put(static_cast<int>(at) + 1, words.values[at]);
    return once;
}

std::string condition(Words& words, std::string_view table, const Filter& filter) {
    const std::string column = std::string(table) + "." + in_quotes(filter.field->name);
    switch (filter.test) {
        case Test::Equal:
            if (!query::holds_many(*filter.field))
                return column + "=" + words.mark(filter.values.front());
            [[fallthrough]];
        case Test::OneOf:
            return "(" + column + " IS NOT NULL AND " + among(words, column, filter) + ")";
        case Test::NotEqual:
        case Test::NoneOf:
            return "(" + column + " IS NULL OR NOT " + among(words, column, filter) + ")";
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

std::string conditions(Words& words, std::string_view table, const std::vector<Filter>& filters) {
    std::string all;
    for (const Filter& filter : filters)
        all += (all.empty() ? "" : " AND ") + condition(words, table, filter);
    return all.empty() ? "1" : all;
}

std::string condition(Words& words,
                      const Kind& kind,
                      const query::Extent& extent,
                      PlaceTable places) {
    std::string any;
    for (const Way& way : extent) {
        // A way without conditions is open to everything.
        if (way.is_open()) return "1";
    }
    for (const Way& way : extent)
        any += (any.empty() ? "(" : " OR ") + ("(" + condition(words, kind, way, places) + ")");
    return any.empty() ? "0" : any + ")";
}

}  // namespace dossier::sqlite
