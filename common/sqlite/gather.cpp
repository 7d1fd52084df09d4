#include "common/sqlite/gather.hpp"

#include <algorithm>

#include "common/catalog/customer.hpp"
#include "common/sqlite/list_index.hpp"

namespace dossier::sqlite {
namespace {

using catalog::kCustomer;
using catalog::Kind;
using query::Filter;
using query::Test;
using query::Way;

/// Some records by an index or by name. What it points to belongs to the question.
struct Lead {
    const Filter* filter = nullptr;  ///< null: by name
    const std::vector<RecordId>* files = nullptr;
    const Kind* kind = nullptr;  ///< of the filter: the listed one, or the customer's
    std::string index = {};      ///< begins with the filter's field
};

/// Records that one of these leads to.
struct Leads {
    std::vector<Lead> any;
    std::uint64_t count = 0;  ///< some may be counted several times
};

bool is_narrow(const Filter& filter) {
    return (filter.test == Test::Equal || filter.test == Test::OneOf) &&
           !query::holds_many(*filter.field);
}

std::string by_index(Words& words, std::string_view table, const Lead& lead) {
    return in_quotes(lead.kind->name) + " AS " + std::string(table) + " INDEXED BY " +
           in_quotes(lead.index) + " WHERE " + condition(words, table, *lead.filter);
}

/// Places of the records of a kind that belong to the customers a lead is about.
std::string places_below(Words& words, const Kind& kind, const Lead& lead, PlaceTable places) {
    std::string customers;
    if (lead.filter != nullptr) {
        customers = "SELECT f.id FROM " + by_index(words, kFile, lead);
    } else {
        for (const RecordId& file : *lead.files)
            customers += (customers.empty() ? "" : ",") + words.mark(file);
    }
    return in_quotes(places) + " AS p WHERE p.customer IN (" + customers +
           ") AND p.kind=" + std::to_string(kind.tag);
}

/// Whether the lead goes to customers and the list is of what belongs to them.
bool is_about_files(const Kind& kind, const Lead& lead) {
    return !catalog::is_file(kind) && (lead.filter == nullptr || catalog::is_file(*lead.kind));
}

std::string rowids(Words& words, const Kind& kind, const Lead& lead, PlaceTable places) {
    if (is_about_files(kind, lead))
        return "SELECT c.rowid FROM " + in_quotes(kind.name) +
               " AS c WHERE c.id IN (SELECT p.id FROM " + places_below(words, kind, lead, places) +
               ")";
    if (lead.filter != nullptr) return "SELECT c.rowid FROM " + by_index(words, "c", lead);
    std::string list;
    for (const RecordId& file : *lead.files) list += (list.empty() ? "" : ",") + words.mark(file);
    return "SELECT c.rowid FROM " + in_quotes(kind.name) + " AS c WHERE c.id IN (" + list + ")";
}

class Search {
  public:
    Search(Connection& db, const query::Query& query, const Lookout& lookout, std::size_t few)
        : db_(db), query_(query), kind_(*query.kind), lookout_(lookout), few_(few) {}

    std::optional<RowNumbers> fewest() {
        for (const Filter& filter : query_.where) keep(counted(lead_by(filter, kind_, listed_)));
        for (const query::Extent& extent : query_.within) {
            std::optional<Leads> all(std::in_place);
            for (const Way& way : extent) add(all, fewest_of(way));
            keep(std::move(all));
        }
        return best_ ? rows_of(*best_) : rows_with_parts();
    }

  private:
    void keep(std::optional<Leads> found) {
        if (found && (!best_ || found->count < best_->count)) best_ = std::move(found);
    }
    [[nodiscard]] RowNumbers rows_of(const Leads& leads) const {
        RowNumbers rows;
        for (const Lead& lead : leads.any) {
            Words words;
            words.sql = rowids(words, kind_, lead, lookout_.places);
            Once once = ask(db_, words);
            while (once.rows().step()) rows.push_back(once.rows().number(0));
        }
        return rows;
    }
    [[nodiscard]] std::optional<RowNumbers> rows_with_parts() const {
        if (!lookout_.rows_with || query_.with_gone) return std::nullopt;
        for (const Filter& filter : query_.where) {
            if (filter.test != Test::Contains) continue;
            if (auto rows = lookout_.rows_with(kind_, filter, few_)) return rows;
        }
        return std::nullopt;
    }
    /// Nothing once they are too many or one of them has no lead.
    void add(std::optional<Leads>& all, std::optional<Leads> more) const {
        if (!all) return;
        if (!more || all->count + more->count > few_) {
            all.reset();
            return;
        }
        all->count += more->count;
        all->any.insert(all->any.end(), more->any.begin(), more->any.end());
    }
    std::optional<Leads> fewest_of(const Way& way) {
        std::optional<Leads> fewest;
        const auto consider = [&](std::optional<Lead> lead) {
            auto found = counted(std::move(lead));
            if (found && (!fewest || found->count < fewest->count)) fewest = std::move(found);
        };
        if (!way.files.empty()) consider(Lead{.files = &way.files});
        for (const Filter& filter : way.own) consider(lead_by(filter, kind_, listed_));
        for (const Filter& filter : way.file) consider(lead_by(filter, kCustomer, files_));
        return fewest;
    }
    std::optional<Lead> lead_by(const Filter& filter,
                                const Kind& kind,
                                std::optional<Indexes>& indexes) {
        if (!is_narrow(filter)) return std::nullopt;
        if (!indexes) indexes = indexes_of(db_, kind);
        const auto index = indexes->find(filter.field->name);
        if (index == indexes->end()) return std::nullopt;
        return Lead{.filter = &filter, .kind = &kind, .index = index->second};
    }
    std::optional<Leads> counted(std::optional<Lead> lead) {
        if (!lead) return std::nullopt;
        Words words;
        std::string found =
            is_about_files(kind_, *lead)
                ? "SELECT 1 FROM " + places_below(words, kind_, *lead, lookout_.places)
                : rowids(words, kind_, *lead, lookout_.places);
        words.sql = "SELECT count(*) FROM (" + found + " LIMIT " + std::to_string(few_ + 1) + ")";
        Once once = ask(db_, words);
        const auto count = once.rows().step() ? once.rows().counter(0) : 0;
        if (count > few_) return std::nullopt;
        return Leads{{std::move(*lead)}, count};
    }

    Connection& db_;
    const query::Query& query_;
    const Kind& kind_;
    const Lookout& lookout_;
    std::size_t few_;
    std::optional<Indexes> listed_;
    std::optional<Indexes> files_;
    std::optional<Leads> best_;
};

}  // namespace

std::optional<RowNumbers> gather(Connection& db,
                                 const query::Query& query,
                                 const Lookout& lookout,
                                 std::size_t few) {
    auto rows = Search(db, query, lookout, few).fewest();
    if (!rows) return rows;
    std::ranges::sort(*rows);
    const auto doubled = std::ranges::unique(*rows);
    rows->erase(doubled.begin(), doubled.end());
    return rows;
}

std::string condition(Words& words, const RowNumbers& rows) {
    std::string list;
    for (const std::int64_t row : rows) list += (list.empty() ? "[" : ",") + std::to_string(row);
    list += list.empty() ? "[]" : "]";
    return "t.rowid IN (SELECT value FROM json_each(" + words.mark(std::move(list)) + "))";
}

}  // namespace dossier::sqlite
