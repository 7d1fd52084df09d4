// Units of work, counters and meta values. Scope sums and the end of the audit chain are kept in
// memory through a unit: written before a mark and at commit, dropped when rows are undone.
#include "common/base/check.hpp"
#include "common/base/plant.hpp"

#include "server/store/sqlite/sqlite_store.hpp"

namespace dossier::server {

SqliteStore::SqliteStore(const sqlite::OpenOptions& options, std::optional<Shell> shell)
    : shell_(std::move(shell)), options_(options), db_(options) {}

void SqliteStore::begin() {
    DOSSIER_CHECK(!unit_);
    unit_.emplace(db_);
}

void SqliteStore::commit() {
    DOSSIER_CHECK(unit_ && marks_.empty());
    // Once told, never kept: what a crash between the two would do, every fortieth time.
    static unsigned commits = 0;
    if (is_planted(Plant::AnswerBeforeCommit) && ++commits % 40 == 0) return rollback();
    try {
        flush();
        unit_->commit();
        unit_.reset();
    } catch (...) {
        rollback();
        throw;
    }
    if (erases_) clear_former_pages();
}

void SqliteStore::clear_former_pages() {
    try {
        db_.checkpoint_and_truncate();
        // Unused room is cleared on its way to the disk; what memory holds would bring it back.
        db_.forget_pages();
        erases_ = false;
    } catch (const SQLite::Exception&) {
        // The unit is committed whatever the disk says now; the next commit tries again.
    }
}

void SqliteStore::rollback() {
    DOSSIER_CHECK(unit_.has_value());
    forget();
    while (!marks_.empty()) marks_.pop_back();
    unit_.reset();
}

void SqliteStore::mark() {
    DOSSIER_CHECK(unit_.has_value());
    // A failing disk may have undone the whole unit, not only the step that met it: what came after
    // would be kept by itself, and told as failed with the rest.
    if (sqlite3_get_autocommit(db_.handle()) != 0)
        throw SQLite::Exception("the unit of work was undone", SQLITE_ABORT);
    flush();
    marks_.emplace_back(db_);
}

void SqliteStore::release_mark() {
    DOSSIER_CHECK(!marks_.empty());
    marks_.back().release();
    marks_.pop_back();
}

void SqliteStore::rollback_to_mark() {
    DOSSIER_CHECK(!marks_.empty());
    forget();
    marks_.pop_back();
}

void SqliteStore::flush() {
    static constexpr std::string_view kSql =
        "UPDATE office_scope SET sseq=?2, count=?3, set_hash=?4 WHERE id=?1";
    for (ScopeRow* row : changed_scopes_) {
        const ScopeSummary& now = row->summary;
        db_.prepared(kSql).bind(row->id, now.sseq, now.count, now.set_hash.sum).run();
        row->changed = false;
    }
    changed_scopes_.clear();
}

void SqliteStore::forget() {
    changed_scopes_.clear();
    scopes_.clear();
    audit_tail_.reset();
}

std::uint64_t SqliteStore::next(std::string_view counter) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_counter(name, value) VALUES(?1, 1)
        ON CONFLICT(name) DO UPDATE SET value = value + 1 RETURNING value)sql";
    auto row = db_.prepared(kSql);
    DOSSIER_CHECK(row.bind(counter).step());
    const std::uint64_t value = row.counter(0);
    row.run();
    return value;
}

std::optional<Bytes> SqliteStore::meta(std::string_view key) {
    auto row = db_.prepared("SELECT value FROM office_meta WHERE key=?1");
    if (!row.bind(key).step()) return std::nullopt;
    return row.bytes(0);
}

void SqliteStore::set_meta(std::string_view key, ByteView value) {
    static constexpr std::string_view kSql = R"sql(
        INSERT INTO office_meta(key, value) VALUES(?1, ?2)
        ON CONFLICT(key) DO UPDATE SET value = excluded.value)sql";
    db_.prepared(kSql).bind(key, value).run();
}

}  // namespace dossier::server
