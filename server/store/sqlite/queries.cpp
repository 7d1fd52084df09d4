#include "common/sqlite/list_index.hpp"
#include "common/sqlite/select.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {
namespace {

constexpr sqlite::Lookout kLookout{.places = "office_record"};

}  // namespace

std::vector<query::Hit> SqliteStore::page(const query::Query& query) {
    return sqlite::select_records(db_, query, kLookout);
}

std::uint64_t SqliteStore::count(const query::Query& query) {
    return sqlite::count_records(db_, query, kLookout);
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
