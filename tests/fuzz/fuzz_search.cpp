// Any text as the name of a record and as what a person types: no question is a syntax error to
// the index, and who types the whole of a name finds it.
#include <string>

#include <sqlite3.h>

#include "common/base/bytes.hpp"
#include "common/base/check.hpp"
#include "common/pinyin/fold.hpp"
#include "common/pinyin/search_key.hpp"

using namespace dossier;

namespace {

class Index {
  public:
    Index() {
        DOSSIER_CHECK(sqlite3_open(":memory:", &db_) == SQLITE_OK);
        const std::string create(pinyin::kCreateIndex);
        DOSSIER_CHECK(sqlite3_exec(db_, create.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        prepare("INSERT INTO search(rowid, name, body) VALUES(1, ?1, ?2)", insert_);
        prepare("INSERT INTO search(search, rowid, name, body) VALUES('delete', 1, ?1, ?2)",
                delete_);
        prepare("SELECT rowid FROM search WHERE search MATCH ?1", ask_);
    }
    void add(const pinyin::Document& document) { run(insert_, document); }
    void remove(const pinyin::Document& document) { run(delete_, document); }
    /// Whether the one record is found.
    bool finds(const std::string& question) {
        sqlite3_bind_text(ask_, 1, question.c_str(), -1, SQLITE_TRANSIENT);
        const int rc = sqlite3_step(ask_);
        sqlite3_reset(ask_);
        DOSSIER_CHECK(rc == SQLITE_ROW || rc == SQLITE_DONE);
        return rc == SQLITE_ROW;
    }

  private:
    void prepare(const char* sql, sqlite3_stmt*& statement) {
        DOSSIER_CHECK(sqlite3_prepare_v2(db_, sql, -1, &statement, nullptr) == SQLITE_OK);
    }
    static void run(sqlite3_stmt* statement, const pinyin::Document& document) {
        sqlite3_bind_text(statement, 1, document.name.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_text(statement, 2, document.body.c_str(), -1, SQLITE_TRANSIENT);
        DOSSIER_CHECK(sqlite3_step(statement) == SQLITE_DONE);
        sqlite3_reset(statement);
    }

    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* delete_ = nullptr;
    sqlite3_stmt* ask_ = nullptr;
};

std::string in_utf8(const std::u32string& text) {
    std::string out;
    for (const char32_t c : text) pinyin::append_utf8(out, c);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Index index;
    const std::string_view text = text_of({data, size});
    const auto folded = pinyin::folded(text);
    DOSSIER_CHECK(pinyin::folded(in_utf8(folded)) == folded);
    const pinyin::Field fields[] = {{pinyin::As::Name, text}};
    const auto document = pinyin::document(fields);
    index.add(document);
    for (const auto where : {pinyin::Where::Name, pinyin::Where::Anywhere}) {
        const auto question = pinyin::match_expression(text, where);
        if (!question.empty()) DOSSIER_CHECK(index.finds(question));
    }
    index.remove(document);
    return 0;
}
