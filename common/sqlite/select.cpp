#include "common/sqlite/select.hpp"

#include <algorithm>

#include "common/base/check.hpp"
#include "common/sqlite/gather.hpp"
#include "common/sqlite/list_index.hpp"

namespace dossier::sqlite {
namespace {

using catalog::Field;
using catalog::Kind;

constexpr std::size_t kUsualPage = 50;
constexpr std::size_t kLongPage = 100'000;

constexpr std::string_view kPresent = " AND t.deleted_at IS NULL AND t.merged_into_id IS NULL";

/// How records of a question are met: walked along an index, or few of them fetched.
class Source {
  public:
    Source(Connection& db,
           const query::Query& asked,
           const Lookout& lookout,
           std::optional<RowNumbers> gathered)
        : query_(asked), places_(lookout.places), gathered_(std::move(gathered)) {
        const Kind& kind = *asked.kind;
        const bool usual = !kind.list_order.empty() && asked.order.field != nullptr &&
                           asked.order.field->name == kind.list_order;
        if (usual && !gathered_) index_ = list_index(db, kind);
    }

    /// The planner has no statistics: left alone it takes a region's index for a narrow one and
    /// reads a fifth of the table.
    [[nodiscard]] std::string from() const {
        const std::string table = in_quotes(query_.kind->name) + " AS t";
        if (gathered_) return table + " NOT INDEXED";
        return index_.empty() ? table : table + " INDEXED BY " + in_quotes(index_);
    }
    /// What is asked for, the page apart. Filters first: few records get further.
    [[nodiscard]] std::string where(Words& words) const {
        std::string all = conditions(words, kListed, query_.where);
        if (gathered_) all += " AND " + condition(words, *gathered_);
        if (!query_.with_gone) all += kPresent;
        for (const query::Extent& extent : query_.within)
            all += " AND " + condition(words, *query_.kind, extent, places_);
        return all;
    }

  private:
    const query::Query& query_;
    PlaceTable places_;
    std::optional<RowNumbers> gathered_;
    std::string index_;
};

/// One stretch of a page: behind `bound`, of records with an empty value of the order, or of the
/// others. SQLite walks each along an index; asked in one question with OR it reads the table.
enum class Stretch : std::uint8_t { All, Empty, Filled };

class Page {
  public:
    /// `patience` in steps of SQLite's machine; 0 = without end.
    Page(const query::Query& asked, const Source& source, int patience)
        : query_(asked),
          source_(source),
          patience_(patience),
          way_(asked.order.descending ? " DESC" : "") {}

    /// Nothing where the patience ended.
    std::optional<std::vector<query::Hit>> read(Connection& db) {
        const bool bounded = query_.after.has_value();
        const bool descending = query_.order.descending;
        bool done = false;
        if (query_.order.field == nullptr || !bounded) {
            done = read(db, Stretch::All, bounded);
        } else if (is_empty(query_.after->value)) {
            done =
                read(db, Stretch::Empty, true) && (descending || read(db, Stretch::Filled, false));
        } else {
            done =
                read(db, Stretch::Filled, true) && (!descending || read(db, Stretch::Empty, false));
        }
        if (!done) return std::nullopt;
        return std::move(hits_);
    }

  private:
    [[nodiscard]] std::string column() const {
        return query_.order.field == nullptr ? "NULL" : "t." + in_quotes(query_.order.field->name);
    }
    [[nodiscard]] Words words(Stretch stretch, bool bounded) const {
        Words words;
        words.sql = "SELECT t.id," + column() + " FROM " + source_.from() + " WHERE ";
        words.sql += source_.where(words);
        const std::string sign = query_.order.descending ? "<" : ">";
        const bool by_value = query_.order.field != nullptr;
        if (stretch == Stretch::Empty) words.sql += " AND " + column() + " IS NULL";
        if (stretch == Stretch::Filled) words.sql += " AND " + column() + " IS NOT NULL";
        if (bounded && stretch == Stretch::Filled) {
            words.sql += " AND (" + column() + ",t.id)" + sign + "(" +
                         words.mark(query_.after->value) + "," + words.mark(query_.after->record) +
                         ")";
        } else if (bounded) {
            words.sql += " AND t.id" + sign + words.mark(query_.after->record);
        }
        words.sql += " ORDER BY ";
        if (by_value && stretch != Stretch::Empty) words.sql += column() + way_ + ",";
        words.sql += "t.id" + way_ + " LIMIT " +
                     words.mark(static_cast<std::int64_t>(query_.limit - hits_.size()));
        return words;
    }
    bool read(Connection& db, Stretch stretch, bool bounded) {
        if (hits_.size() >= query_.limit) return true;
        const Words asked = words(stretch, bounded);  // outlives `once`, which points to its values
        Once once = ask(db, asked);
        const Patience patience(db, patience_);
        auto more = once.rows().try_step();
        for (; more && *more; more = once.rows().try_step())
            hits_.push_back({once.rows().id<RecordId>(0), once.rows().value(1)});
        return more.has_value();
    }

    const query::Query& query_;
    const Source& source_;
    int patience_;
    std::string way_;
    std::vector<query::Hit> hits_;
};

/// Nothing where the patience ended.
std::optional<std::vector<query::Hit>> read_page(Connection& db,
                                                 const query::Query& query,
                                                 const Lookout& lookout,
                                                 std::optional<RowNumbers> gathered,
                                                 int patience = 0) {
    const Source source(db, query, lookout, std::move(gathered));
    return Page(query, source, patience).read(db);
}

}  // namespace

std::vector<query::Hit> select_records(Connection& db,
                                       const query::Query& query,
                                       const Lookout& lookout) {
    auto few = gather(db, query, lookout, lookout.few);
    if (few) return read_page(db, query, lookout, std::move(few)).value();
    const int patience =
        lookout.patience * static_cast<int>(std::clamp(query.limit, kUsualPage, kLongPage));
    if (auto met = read_page(db, query, lookout, std::nullopt, patience)) return std::move(*met);
    return read_page(db, query, lookout, gather(db, query, lookout, lookout.many)).value();
}

std::uint64_t count_records(Connection& db, const query::Query& query, const Lookout& lookout) {
    const Source source(db, query, lookout, gather(db, query, lookout, lookout.many));
    Words words;
    words.sql = "SELECT count(*) FROM " + source.from() + " WHERE ";
    words.sql += source.where(words);
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
                " AS t WHERE ";
    words.sql += conditions(words, kListed, fold.where);
    if (!fold.with_gone) words.sql += kPresent;
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

}  // namespace dossier::sqlite
