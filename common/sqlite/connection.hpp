// One hardened SQLite connection: opened the same way everywhere, statements prepared once, every
// value bound. Throws SQLite::Exception for a broken disk or driver. Source: security 3.3.
// SQLiteCpp opens and owns the database; statements are SQLite's own, because SQLiteCpp hides the
// handle that binding a view of text needs and makes an owning object for every column read.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include <SQLiteCpp/SQLiteCpp.h>

#include "common/base/bytes.hpp"
#include "common/base/ids.hpp"
#include "common/base/value.hpp"

namespace dossier::sqlite {

/// A prepared statement on loan from its connection; reset when it goes out of scope. Parameters
/// are ?1 … in order of `bind`. Text and blobs are bound without copying: they must outlive `step`.
class Statement {
  public:
    explicit Statement(sqlite3_stmt* borrowed) : statement_(borrowed) {}
    Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    template <class... Args>
    Statement& bind(const Args&... args) {
        int at = 0;
        (put(++at, args), ...);
        return *this;
    }
    void put(int at, std::int64_t number);
    void put(int at, std::uint64_t number) { put(at, static_cast<std::int64_t>(number)); }
    void put(int at, int number) { put(at, std::int64_t{number}); }
    void put(int at, unsigned number) { put(at, static_cast<std::int64_t>(number)); }
    void put(int at, bool flag) { put(at, std::int64_t{flag ? 1 : 0}); }
    void put(int at, std::string_view text);
    void put(int at, const std::string& text) { put(at, std::string_view(text)); }
    void put(int at, const char* text) { put(at, std::string_view(text)); }
    void put(int at, ByteView blob);
    void put(int at, const Bytes& blob) { put(at, ByteView(blob)); }
    void put(int at, std::nullopt_t);
    void put(int at, const Value& value);
    template <class Tag>
    void put(int at, const Id<Tag>& id) {
        put(at, id.view());
    }
    template <class Tag>
    void put(int at, const Counter<Tag>& counter) {
        put(at, counter.value);
    }
    template <std::size_t Size>
    void put(int at, const std::array<std::uint8_t, Size>& bytes) {
        put(at, ByteView(bytes));
    }

    /// True while there is a row.
    bool step();
    /// The same; nothing where a `Patience` ended.
    std::optional<bool> try_step();
    /// Runs to the end; the number of rows changed.
    int run();
    /// The same where nothing may be thrown; false when it failed.
    [[nodiscard]] bool try_run() const;

    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t number(int column) const;
    [[nodiscard]] std::uint64_t counter(int column) const {
        return static_cast<std::uint64_t>(number(column));
    }
    /// Valid until the next step.
    [[nodiscard]] std::string_view text(int column) const;
    [[nodiscard]] ByteView blob(int column) const;
    [[nodiscard]] Bytes bytes(int column) const;
    /// By storage class: NULL, integer, text, 16-byte blob = record.
    [[nodiscard]] Value value(int column) const;
    template <class IdType>
    [[nodiscard]] IdType id(int column) const {
        const auto read = IdType::from(blob(column));
        return read ? *read : IdType{};
    }
    template <std::size_t Size>
    [[nodiscard]] std::array<std::uint8_t, Size> fixed(int column) const {
        std::array<std::uint8_t, Size> bytes{};
        const ByteView view = blob(column);
        std::copy_n(view.begin(), std::min(Size, view.size()), bytes.begin());
        return bytes;
    }

  private:
    sqlite3_stmt* statement_;
};

struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
};

/// A statement that is prepared for one use: its text depends on what somebody asked for.
class Once {
  public:
    explicit Once(sqlite3_stmt* owned) : owned_(owned), rows_(owned) {}
    [[nodiscard]] Statement& rows() { return rows_; }

  private:
    std::unique_ptr<sqlite3_stmt, Finalize> owned_;  // first: `rows_` is reset while it lives
    Statement rows_;
};

enum class Durability : unsigned char {
    Full,     ///< synchronous=FULL: what is reported as saved survives a power cut
    Relaxed,  ///< synchronous=NORMAL: benchmarks, scratch data, and Bulk below
};

struct OpenOptions {
    std::string path;
    std::string vfs;  ///< "" = SQLite's default, unencrypted: tests and benchmarks only
    Durability durability = Durability::Full;
    int cache_kib = 16 * 1024;
    bool read_only = false;
};

/// Used by one thread at a time: SQLite takes no locks for it.
class Connection {
  public:
    explicit Connection(const OpenOptions& options);
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Prepared once per text and connection. A statement already on loan must not be asked for
    /// again.
    Statement prepared(std::string_view sql);
    /// The same for the long statements of record tables, found by a number instead of by their
    /// text: hashing 3 KB of SQL a row costs more than the row.
    Statement prepared(std::uint32_t slot, const std::string& sql);
    /// Prepared anew each time and kept by nobody: for texts without end.
    Once once(std::string_view sql);
    /// One or several statements without parameters.
    void exec(const std::string& sql) { database_.exec(sql); }
    [[nodiscard]] std::int64_t changes_total() const { return database_.getTotalChanges(); }
    [[nodiscard]] Durability durability() const { return durability_; }
    [[nodiscard]] sqlite3* handle() const { return database_.getHandle(); }
    /// Rowid of the last row this connection inserted.
    [[nodiscard]] std::int64_t last_row() const;
    /// Copies every page into `to`, consistent as of the last commit, while others go on working.
    void copy_into(Connection& to);
    /// Moves the write-ahead log into the database and cuts it to zero bytes.
    void checkpoint_and_truncate();
    /// Frees the copies of pages in memory that no statement uses.
    void forget_pages();
    /// Writes every row anew into as many pages as they need: no free page, and nothing that once
    /// stood on one, is left. Needs as much room again while it works. Throws like any statement.
    void rebuild();

    /// A step inside the transaction could not be undone: the whole may not be committed.
    void spoil() { spoiled_ = true; }
    [[nodiscard]] bool is_spoiled() const { return spoiled_; }
    void begin_anew() { spoiled_ = false; }

  private:
    SQLite::Database database_;
    Durability durability_;
    bool spoiled_ = false;
    using Owned = std::unique_ptr<sqlite3_stmt, Finalize>;
    sqlite3_stmt* made(std::string_view sql, unsigned flags);
    Statement lend(Owned& owned, std::string_view sql);

    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const {
            return std::hash<std::string_view>{}(text);
        }
    };
    std::unordered_map<std::string, Owned, TextHash, std::equal_to<>> statements_;
    std::unordered_map<std::uint32_t, Owned> by_slot_;
};

/// BEGIN IMMEDIATE, or a step of the transaction that is open already (a dry run around a real
/// change); rolled back unless committed. Undoing needs no memory; a step that could not be undone
/// spoils the transaction around it, whose `commit` throws.
class Transaction {
  public:
    explicit Transaction(Connection& db);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

  private:
    Connection& db_;
    bool nested_;
    bool open_ = true;
};

/// While it lives, commits are not synced to the disk one by one and the log is moved into the
/// database seldom. For many transactions of which nobody is told before a later one that is
/// durable: a power cut undoes the last of them, in order, never a part of one. Not inside a
/// transaction; one at a time. Source: sqlite.org/pragma.html#pragma_synchronous.
class Bulk {
  public:
    explicit Bulk(Connection& db);
    Bulk(const Bulk&) = delete;
    Bulk& operator=(const Bulk&) = delete;
    ~Bulk();

  private:
    Connection& db_;
};

/// While it lives, a statement that has taken so many steps of SQLite's machine is broken off at
/// the next. 0 = none is. For a statement that reads and was prepared for one use. Source:
/// sqlite.org/c3ref/progress_handler.html.
class Patience {
  public:
    Patience(Connection& db, int steps);
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    ~Patience();

  private:
    Connection& db_;
};

/// A step inside a transaction that can be undone alone; rolled back unless released.
class Savepoint {
  public:
    explicit Savepoint(Connection& db);
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint();
    void release();

  private:
    Connection& db_;
    bool open_ = true;
};

}  // namespace dossier::sqlite
