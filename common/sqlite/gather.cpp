#include "common/sqlite/gather.hpp"

#include "common/catalog/customer.hpp"
#include "common/sqlite/list_index.hpp"

namespace dossier::sqlite {
namespace {

using catalog::kCustomer;
using catalog::Kind;
using query::Filter;
using query::Test;
using query::Way;

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
    Search(Connection& db, const query::Query& query, PlaceTable places, std::size_t few)
        : db_(db), query_(query), kind_(*query.kind), places_(places), few_(few) {}

    std::optional<Gathered> fewest() {
        for (const Filter& filter : query_.where) keep(counted(lead_by(filter, kind_, listed_)));
        for (const query::Extent& extent : query_.within) {
            std::optional<Gathered> all(std::in_place);
            for (const Way& way : extent) add(all, fewest_of(way));
            keep(std::move(all));
        }
        return std::move(best_);
    }

  private:
    void keep(std::optional<Gathered> found) {
        if (found && (!best_ || found->count < best_->count)) best_ = std::move(found);
    }
    /// Nothing once they are too many or one of them has no lead.
    void add(std::optional<Gathered>& all, std::optional<Gathered> more) const {
        if (!all) return;
        if (!more || all->count + more->count > few_) {
            all.reset();
            return;
        }
        all->count += more->count;
        all->leads.insert(all->leads.end(), more->leads.begin(), more->leads.end());
    }
    std::optional<Gathered> fewest_of(const Way& way) {
        std::optional<Gathered> fewest;
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
    std::optional<Gathered> counted(std::optional<Lead> lead) {
        if (!lead) return std::nullopt;
        Words words;
        std::string found = is_about_files(kind_, *lead)
                                ? "SELECT 1 FROM " + places_below(words, kind_, *lead, places_)
                                : rowids(words, kind_, *lead, places_);
        words.sql = "SELECT count(*) FROM (" + found + " LIMIT " + std::to_string(few_ + 1) + ")";
        Once once = ask(db_, words);
        const auto count = once.rows().step() ? once.rows().counter(0) : 0;
        if (count > few_) return std::nullopt;
        return Gathered{{std::move(*lead)}, count};
    }

    Connection& db_;
    const query::Query& query_;
    const Kind& kind_;
    PlaceTable places_;
    std::size_t few_;
    std::optional<Indexes> listed_;
    std::optional<Indexes> files_;
    std::optional<Gathered> best_;
};

}  // namespace

std::optional<Gathered> gather(Connection& db,
                               const query::Query& query,
                               PlaceTable places,
                               std::size_t few) {
    return Search(db, query, places, few).fewest();
}

std::string condition(Words& words, const Kind& kind, const Gathered& gathered, PlaceTable places) {
    std::string any;
    for (const Lead& lead : gathered.leads)
        any += (any.empty() ? "" : " UNION ") + rowids(words, kind, lead, places);
    return any.empty() ? "0" : "t.rowid IN (" + any + ")";
}

}  // namespace dossier::sqlite
