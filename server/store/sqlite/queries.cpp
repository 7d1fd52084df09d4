#include "common/sqlite/list_index.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {

sqlite::Lookout SqliteStore::lookout() {
    const auto rows_with = [this](const catalog::Kind& kind, const query::Filter& filter,
                                  std::size_t most) {
        const bool is_told = catalog::is_file(kind) && is_keyed(filter.field->tag) &&
                             filter.field->type == catalog::Type::Text;
        return is_told ? customer_rows_with(*as_text(filter.values.front()), most) : std::nullopt;
    };
    return {.places = "office_record", .rows_with = rows_with};
}

std::vector<query::Hit> SqliteStore::page(const query::Query& query) {
    return sqlite::select_records(db_, query, lookout());
}

std::uint64_t SqliteStore::count(const query::Query& query) {
    return sqlite::count_records(db_, query, lookout());
}

void SqliteStore::tend_lists() {
    for (const catalog::Kind* kind : catalog::kinds()) {
        sqlite::ensure_list_index(db_, *kind);
        sqlite::ensure_filter_indexes(db_, *kind);
    }
}

std::vector<query::Group> SqliteStore::fold(const query::Fold& fold) {
    return sqlite::fold_records(db_, fold);
}

}  // namespace dossier::server
