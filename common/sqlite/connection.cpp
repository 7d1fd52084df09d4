#include "common/sqlite/connection.hpp"

#include <stdexcept>

#include <sqlite3.h>

#include "common/base/check.hpp"
#include "common/sqlite/functions.hpp"

namespace dossier::sqlite {
namespace {

void require(int rc) {
    if (rc != SQLITE_OK) throw SQLite::Exception("bind", rc);
}

void limit(sqlite3* db, int id, int value) {
    sqlite3_limit(db, id, value);
}

/// Settings that hold for every connection, ours or a test's. Source: security 3.3.
void harden(sqlite3* db) {
    int ignored = 0;
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, &ignored);
    sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, &ignored);
    limit(db, SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024);
    limit(db, SQLITE_LIMIT_SQL_LENGTH, 100 * 1024);
    limit(db, SQLITE_LIMIT_COLUMN, 200);
    limit(db, SQLITE_LIMIT_EXPR_DEPTH, 50);
    limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 5);
    limit(db, SQLITE_LIMIT_ATTACHED, 0);
    limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 400);
    limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, 500);
    limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 5);
    limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
}

int set_durability(sqlite3* db, Durability durability) {
    const char* sql =
        durability == Durability::Full ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL";
    return sqlite3_exec(db, sql, nullptr, nullptr, nullptr);
}

constexpr std::string_view kUndoAll = "ROLLBACK";
constexpr std::string_view kUndoInner = "ROLLBACK TO inner";
constexpr std::string_view kEndInner = "RELEASE inner";
constexpr std::string_view kUndoStep = "ROLLBACK TO step";
constexpr std::string_view kEndStep = "RELEASE step";

/// Undoing must need no memory, for it may be the lack of it that is undone: its statements are
/// prepared before there is anything to undo.
template <class... Sql>
void prepare_undo(Connection& db, Sql... sql) {
    (static_cast<void>(db.prepared(sql)), ...);
}

/// Prepared before: nothing is left that throws.
template <class... Sql>
bool undo(Connection& db, Sql... sql) noexcept {  // NOLINT(bugprone-exception-escape)
    const auto run = [&db](std::string_view text) {
        const auto statement = db.prepared(text);
        return statement.try_run();
    };
    return (run(sql) && ...);
}

// Pages in the write-ahead log at which a commit moves them into the database.
// A night's pull fits; 16 MB are read again in some 20 ms after a cut.
constexpr int kLogPages = 4000;
constexpr int kLogPagesInBulk = 16'000;

}  // namespace

Statement::~Statement() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

void Statement::put(int at, std::int64_t number) {
    require(sqlite3_bind_int64(statement_, at, number));
}

void Statement::put(int at, std::nullopt_t) {
    require(sqlite3_bind_null(statement_, at));
}

void Statement::put(int at, std::string_view text) {
    // An empty text is not NULL: its pointer must not be null.
    const char* data = text.data() == nullptr ? "" : text.data();
    require(sqlite3_bind_text64(statement_, at, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::put(int at, ByteView blob) {
    const void* data = blob.data() == nullptr ? static_cast<const void*>("") : blob.data();
    require(sqlite3_bind_blob64(statement_, at, data, blob.size(), SQLITE_STATIC));
}

void Statement::put(int at, const Value& value) {
    struct Binder {
        Statement& to;
        int column;
        void operator()(std::monostate) const { to.put(column, std::nullopt); }
        void operator()(std::int64_t number) const { to.put(column, number); }
        void operator()(const std::string& text) const { to.put(column, std::string_view(text)); }
        void operator()(const RecordId& id) const { to.put(column, id.view()); }
    };
    std::visit(Binder{*this, at}, value);
}

bool Statement::step() {
    const auto row = try_step();
    if (!row) throw SQLite::Exception(sqlite3_db_handle(statement_), SQLITE_INTERRUPT);
    return *row;
}

std::optional<bool> Statement::try_step() {
    const int rc = sqlite3_step(statement_);
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) return false;
    if (rc == SQLITE_INTERRUPT) return std::nullopt;
    throw SQLite::Exception(sqlite3_db_handle(statement_), rc);
}

bool Statement::try_run() const {
    int rc = SQLITE_ROW;
    while (rc == SQLITE_ROW) rc = sqlite3_step(statement_);
    return rc == SQLITE_DONE;
}

int Statement::run() {
    while (step()) {
    }
    return sqlite3_changes(sqlite3_db_handle(statement_));
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::number(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string_view Statement::text(int column) const {
    const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

ByteView Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    if (data == nullptr) return {};
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Bytes Statement::bytes(int column) const {
    const ByteView view = blob(column);
    return {view.begin(), view.end()};
}

Value Statement::value(int column) const {
    switch (sqlite3_column_type(statement_, column)) {
        case SQLITE_INTEGER:
            return number(column);
        case SQLITE_TEXT:
            return std::string(text(column));
        case SQLITE_BLOB:
            return id<RecordId>(column);
        default:
            return {};
    }
}

Connection::Connection(const OpenOptions& options)
    : database_(
          options.path,
          SQLite::OPEN_NOMUTEX | (options.read_only ? SQLite::OPEN_READONLY
                                                    : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE),
          5000,
          options.vfs),
      durability_(options.durability) {
    harden(database_.getHandle());
    add_functions(database_.getHandle());
    database_.exec(
        "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY; "
        "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA trusted_schema=OFF");
    database_.exec("PRAGMA cache_size=-" + std::to_string(options.cache_kib));
    if (options.vfs.empty() && !options.read_only) database_.exec("PRAGMA journal_mode=WAL");
    if (const int rc = set_durability(handle(), durability_); rc != SQLITE_OK)
        throw SQLite::Exception(handle(), rc);
    database_.exec("PRAGMA journal_size_limit=67108864");
    sqlite3_wal_autocheckpoint(handle(), kLogPages);
}

void Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

Statement Connection::prepared(std::string_view sql) {
    auto at = statements_.find(sql);
    if (at == statements_.end()) at = statements_.emplace(sql, nullptr).first;
    return lend(at->second, sql);
}

Statement Connection::prepared(std::uint32_t slot, const std::string& sql) {
    return lend(by_slot_[slot], sql);
}

sqlite3_stmt* Connection::made(std::string_view sql, unsigned flags) {
    sqlite3_stmt* statement = nullptr;
    const int rc = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()), flags,
                                      &statement, nullptr);
    if (rc != SQLITE_OK) throw SQLite::Exception(handle(), rc);
    return statement;
}

Once Connection::once(std::string_view sql) {
    return Once(made(sql, 0));
}

Statement Connection::lend(Owned& owned, std::string_view sql) {
    if (!owned) owned.reset(made(sql, SQLITE_PREPARE_PERSISTENT));
    return Statement(owned.get());
}

std::int64_t Connection::last_row() const {
    return sqlite3_last_insert_rowid(handle());
}

void Connection::copy_into(Connection& to) {
    sqlite3_backup* copy = sqlite3_backup_init(to.handle(), "main", handle(), "main");
    if (copy == nullptr) throw SQLite::Exception(to.handle());
    const int rc = sqlite3_backup_step(copy, -1);
    sqlite3_backup_finish(copy);
    if (rc != SQLITE_DONE) throw SQLite::Exception("backup", rc);
    to.checkpoint_and_truncate();
}

void Connection::checkpoint_and_truncate() {
    prepared("PRAGMA wal_checkpoint(TRUNCATE)").run();
}

void Connection::forget_pages() {
    sqlite3_db_release_memory(handle());
}

void Connection::rebuild() {
    // SQLite attaches the nameless file it builds in; nothing else may ever be attached.
    sqlite3_limit(handle(), SQLITE_LIMIT_ATTACHED, 1);
    const int rc = sqlite3_exec(handle(), "VACUUM", nullptr, nullptr, nullptr);
    sqlite3_limit(handle(), SQLITE_LIMIT_ATTACHED, 0);
    if (rc != SQLITE_OK) throw SQLite::Exception(handle(), rc);
}

Transaction::Transaction(Connection& db)
    : db_(db), nested_(sqlite3_get_autocommit(db.handle()) == 0) {
    if (nested_) {
        prepare_undo(db_, kUndoInner, kEndInner);
    } else {
        prepare_undo(db_, kUndoAll);
        db_.begin_anew();
    }
    db_.prepared(nested_ ? "SAVEPOINT inner" : "BEGIN IMMEDIATE").run();
}

Transaction::~Transaction() {
    // SQLite may have rolled back by itself after an I/O error.
    if (!open_ || sqlite3_get_autocommit(db_.handle()) != 0) return;
    if (nested_) {
        if (!undo(db_, kUndoInner, kEndInner)) db_.spoil();
        return;
    }
    // To go on would tell later changes as saved inside a transaction that nobody ends: the
    // program stops, and what was not committed is gone.
    DOSSIER_CHECK(undo(db_, kUndoAll));
}

void Transaction::commit() {
    if (!nested_ && db_.is_spoiled()) throw SQLite::Exception("undo", SQLITE_NOMEM);
    db_.prepared(nested_ ? kEndInner : "COMMIT").run();
    open_ = false;
}

Bulk::Bulk(Connection& db) : db_(db) {
    if (const int rc = set_durability(db_.handle(), Durability::Relaxed); rc != SQLITE_OK)
        throw SQLite::Exception(db_.handle(), rc);
    sqlite3_wal_autocheckpoint(db_.handle(), kLogPagesInBulk);
}

Bulk::~Bulk() {
    sqlite3_wal_autocheckpoint(db_.handle(), kLogPages);
    // Fails only inside a transaction or without memory; to go on with less than was promised
    // would be worse.
    DOSSIER_CHECK(set_durability(db_.handle(), db_.durability()) == SQLITE_OK);
}

Patience::Patience(Connection& db, int steps) : db_(db) {
    sqlite3_progress_handler(
        db.handle(), steps, [](void* /*nobody*/) { return 1; }, nullptr);
}

Patience::~Patience() {
    sqlite3_progress_handler(db_.handle(), 0, nullptr, nullptr);
}

Savepoint::Savepoint(Connection& db) : db_(db) {
    prepare_undo(db_, kUndoStep, kEndStep);
    db_.prepared("SAVEPOINT step").run();
}

Savepoint::~Savepoint() {
    if (!open_ || sqlite3_get_autocommit(db_.handle()) != 0) return;
    if (!undo(db_, kUndoStep, kEndStep)) db_.spoil();
}

void Savepoint::release() {
    db_.prepared(kEndStep).run();
    open_ = false;
}

}  // namespace dossier::sqlite
