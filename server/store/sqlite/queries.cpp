#include "common/sqlite/select.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {

std::vector<query::Hit> SqliteStore::page(const query::Query& query) {
    return sqlite::select_records(db_, query);
}

std::uint64_t SqliteStore::count(const query::Query& query) {
    return sqlite::count_records(db_, query);
}

std::vector<query::Group> SqliteStore::fold(const query::Fold& fold) {
    return sqlite::fold_records(db_, fold);
}

}  // namespace dossier::server
