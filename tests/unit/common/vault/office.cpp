#include "tests/unit/common/vault/office.hpp"

#include <array>
#include <filesystem>

#include <stdlib.h>

namespace dossier::test {

Folder::Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "dossier-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("mkdtemp");
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

Sql::Sql(const std::string& path, const char* vfs) {
    opened_ = sqlite3_open_v2(
        path.c_str(), &db_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, vfs);
    sqlite3_extended_result_codes(db_, 1);
}

Sql::~Sql() {
    sqlite3_close_v2(db_);
}

int Sql::exec(const std::string& sql) {
    return sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr);
}

std::string Sql::ask(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    std::string answer;
    int rc = sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr);
    while (rc == SQLITE_OK || rc == SQLITE_ROW) {
        rc = sqlite3_step(statement);
        if (rc != SQLITE_ROW) break;
        if (!answer.empty()) answer += '\n';
        for (int column = 0; column < sqlite3_column_count(statement); ++column) {
            if (column > 0) answer += '|';
            const auto* text =
                reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            answer += text == nullptr ? "NULL" : text;
        }
    }
    sqlite3_finalize(statement);
    if (rc != SQLITE_DONE) return "error " + std::to_string(sqlite3_extended_errcode(db_));
    return answer;
}

Office::Office(const std::string& vfs_name) : vfs(vfs_name), key_(32) {
    paths_ = {folder_.path("dossier.db"), folder_.path("dossier.keys")};
    random.fill(key_.bytes());
    const auto made = vault::create_database(paths_.database, key(), random, below());
    if (!made) throw std::runtime_error(describe(made.error(), Lang::En));
    vfs.disk.settle();
}

Result<Session> Office::open() {
    auto vault = vault::Vault::open(paths_, key(), random, below());
    if (!vault) return pass(vault);
    auto sql = std::make_unique<Sql>((*vault)->database_path(), (*vault)->vfs_name());
    auto ready = (*vault)->prepare(sql->handle());
    if (!ready) return pass(ready);
    return Session{std::move(*vault), std::move(sql)};
}

Session Office::enter() {
    auto session = open();
    if (!session) throw std::runtime_error(describe(session.error(), Lang::En));
    return std::move(*session);
}

std::string Office::inspect() {
    auto session = open();
    if (!session) return std::string(session.error().id());
    const std::string checked = session->ask("PRAGMA integrity_check");
    if (const auto fault = session->vault->last_fault()) return std::string(fault->id());
    return "ok " + checked;
}

Bytes& Office::bytes(const std::string& suffix) {
    return vfs.disk.names.at(paths_.database + suffix)->live;
}

bool Office::has(const std::string& suffix) const {
    return vfs.disk.names.contains(paths_.database + suffix);
}

}  // namespace dossier::test
