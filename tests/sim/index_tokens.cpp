#include "tests/sim/index_tokens.hpp"

#include "client/store/search_page.hpp"

namespace dossier::sim {

std::set<std::string> index_tokens(sqlite::Connection& db) {
    std::set<std::string> tokens;
    auto rows = db.prepared("SELECT first, rows FROM search_page");
    while (rows.step()) {
        tokens.emplace(text_of(rows.blob(0)));
        client::each_entry(rows.blob(1), [&](const client::PageEntry& entry) {
            tokens.emplace(entry.token);
            return true;
        });
    }
    return tokens;
}

}  // namespace dossier::sim
