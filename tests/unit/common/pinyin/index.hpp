// A real search index in memory or on disk, for the laws of searching.
#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <sqlite3.h>

#include "common/pinyin/search_key.hpp"

namespace dossier::pinyin {

class Index {
  public:
    explicit Index(const std::string& file = ":memory:") {
        if (sqlite3_open(file.c_str(), &db_) != SQLITE_OK) throw std::runtime_error("open");
    }
    Index(const Index&) = delete;
    Index& operator=(const Index&) = delete;
    ~Index() { sqlite3_close(db_); }

    /// Rows of the first column of `sql` with `values` bound. Throws what SQLite says.
    std::vector<std::string> run(std::string_view sql,
                                 const std::vector<std::string>& values = {}) {
        sqlite3_stmt* statement = nullptr;
        int code =
            sqlite3_prepare_v2(db_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
        int place = 0;
        for (const std::string& value : values) {
            sqlite3_bind_text(statement, ++place, value.data(), static_cast<int>(value.size()),
                              SQLITE_TRANSIENT);
        }
        std::vector<std::string> rows;
        while (code == SQLITE_OK || code == SQLITE_ROW) {
            code = sqlite3_step(statement);
            if (code != SQLITE_ROW) break;
            const auto* text = sqlite3_column_text(statement, 0);
            rows.emplace_back(text == nullptr ? "" : reinterpret_cast<const char*>(text));
        }
        sqlite3_finalize(statement);
        if (code != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
        return rows;
    }

    void add(int rowid, const std::vector<Field>& fields) {
        const Document d = document(fields);
        run("INSERT INTO search(rowid, name, body) VALUES(?1, ?2, ?3)",
            {std::to_string(rowid), d.name, d.body});
    }
    void remove(int rowid, const std::vector<Field>& fields) {
        const Document d = document(fields);
        run("INSERT INTO search(search, rowid, name, body) VALUES('delete', ?1, ?2, ?3)",
            {std::to_string(rowid), d.name, d.body});
    }
    std::set<std::string> find(std::string_view typed, Where where = Where::Anywhere) {
        const std::string match = match_expression(typed, where);
        if (match.empty()) return {};
        const auto rows = run("SELECT rowid FROM search WHERE search MATCH ?1", {match});
        return {rows.begin(), rows.end()};
    }

  private:
    sqlite3* db_ = nullptr;
};

}  // namespace dossier::pinyin
