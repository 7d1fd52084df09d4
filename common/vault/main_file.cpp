// The main database file: whole sealed pages below, pages and the first bytes of page 1 above.
#include <algorithm>
#include <thread>

#include "common/vault/database.hpp"
#include "common/vault/file.hpp"
#include "common/vault/page.hpp"

namespace dossier::vault {
namespace {

/// Readers of page 1 without a lock may meet a checkpoint writing it.
constexpr int kFirstPageTries = 5;
constexpr int kAtomicWrites = SQLITE_IOCAP_ATOMIC | SQLITE_IOCAP_ATOMIC512 | SQLITE_IOCAP_ATOMIC1K |
                              SQLITE_IOCAP_ATOMIC2K | SQLITE_IOCAP_ATOMIC4K |
                              SQLITE_IOCAP_ATOMIC8K | SQLITE_IOCAP_ATOMIC16K |
                              SQLITE_IOCAP_ATOMIC32K | SQLITE_IOCAP_ATOMIC64K |
                              SQLITE_IOCAP_BATCH_ATOMIC | SQLITE_IOCAP_IMMUTABLE;

class MainFile final : public File {
  public:
    explicit MainFile(Database& db) : db_(db) {}
    ~MainFile() override {
        db_.index.leave(index_);
        db_.locks.unlock(level_, SQLITE_LOCK_NONE);
    }

    int open(const char* name, int flags, int* out) {
        return db_.checked(base_.open(db_.base, name, flags, out));
    }
    int read(std::uint8_t* out, std::size_t amount, std::int64_t offset) override;
    int write(ByteView bytes, std::int64_t offset) override;
    int truncate(std::int64_t size) override;
    int sync(int flags) override;
    int size(std::int64_t& bytes) override {
        bytes = std::int64_t{db_.versions.pages()} * std::int64_t{kPageBytes};
        return SQLITE_OK;
    }
    /// Powersafe overwrite keeps SQLite from splitting and padding writes of the log; without
    /// atomic writes it keeps to one way of writing.
    int characteristics() override {
        return (base_.characteristics() & ~kAtomicWrites) | SQLITE_IOCAP_POWERSAFE_OVERWRITE;
    }

    int lock(int level) override { return db_.locks.lock(level_, level); }
    int unlock(int level) override {
        db_.locks.unlock(level_, level);
        return SQLITE_OK;
    }
    bool is_reserved() override { return db_.locks.is_reserved(); }
    int control(int op, void* arg) override;
    int index_map(int region, int bytes, bool extend, void volatile** out) override {
        return db_.index.map(index_, region, bytes, extend, out);
    }
    int index_lock(int first, int count, int flags) override {
        return db_.index.lock(index_, first, count, flags);
    }
    void index_barrier() override { db_.index.barrier(); }
    void index_leave() override { db_.index.leave(index_); }

  private:
    int read_head(std::uint8_t* out, std::size_t amount, std::size_t offset);
    int store_versions() { return db_.checked(db_.versions.store(db_.wal.mark())); }

    Database& db_;
    BaseFile base_;
    int level_ = SQLITE_LOCK_NONE;
    WalIndexHold index_;
};

bool is_whole_page(std::size_t amount, std::int64_t offset) {
    return amount == kPageBytes && offset % std::int64_t{kPageBytes} == 0;
}

std::uint32_t page_of(std::int64_t offset) {
    return static_cast<std::uint32_t>(offset / std::int64_t{kPageBytes}) + 1;
}

int MainFile::read(std::uint8_t* out, std::size_t amount, std::int64_t offset) {
    if (is_whole_page(amount, offset)) return read_page(db_, base_, page_of(offset), out);
    const auto end = offset + static_cast<std::int64_t>(amount);
    if (end > std::int64_t{kPageBytes}) return SQLITE_IOERR_READ;
    return read_head(out, amount, static_cast<std::size_t>(offset));
}

/// The partial reads of page 1 that come before recovery. A page torn by a power cut during a
/// checkpoint reads as zeros while there is a log to recover it from; the whole page, which SQLite
/// reads next, is opened strictly.
int MainFile::read_head(std::uint8_t* out, std::size_t amount, std::size_t offset) {
    std::fill_n(out, amount, std::uint8_t{0});
    if (db_.versions.pages() == 0) return SQLITE_IOERR_SHORT_READ;
    std::uint8_t page[kPageBytes];
    for (int tries = 0; tries < kFirstPageTries; ++tries) {
        if (read_first_page_unversioned(db_, base_, page)) {
            std::copy_n(page + offset, amount, out);
            return SQLITE_OK;
        }
        std::this_thread::yield();
    }
    if (exists(db_.base, db_.wal_path)) return SQLITE_OK;
    const int rc = read_page(db_, base_, 1, page);  // names the fault
    return rc == SQLITE_OK ? SQLITE_IOERR_READ : rc;
}

int MainFile::write(ByteView bytes, std::int64_t offset) {
    if (!is_whole_page(bytes.size(), offset)) return SQLITE_IOERR_WRITE;
    const std::uint32_t page = page_of(offset);
    const int rc = fill_gap(db_, base_, page - 1);
    return rc == SQLITE_OK ? write_page(db_, base_, page, bytes.data()) : rc;
}

int MainFile::truncate(std::int64_t size) {
    const auto pages = static_cast<std::uint32_t>(size / std::int64_t{kPageBytes});
    if (pages > db_.versions.pages()) return fill_gap(db_, base_, pages);
    if (pages < db_.versions.pages()) {
        // The table first: a file longer than the table is harmless, a shorter one is damage.
        db_.versions.shrink(pages);
        const int rc = store_versions();
        if (rc != SQLITE_OK) return rc;
    }
    return db_.checked(base_.truncate(std::int64_t{pages} * std::int64_t{kPageBytes}));
}

int MainFile::sync(int flags) {
    const int rc = db_.checked(base_.sync(flags));
    return rc == SQLITE_OK ? store_versions() : rc;
}

bool changes_geometry(const char* pragma, const char* value) {
    if (value == nullptr) return false;
    if (sqlite3_stricmp(pragma, "page_size") == 0) return sqlite3_stricmp(value, "4096") != 0;
    return sqlite3_stricmp(pragma, "journal_mode") == 0 && sqlite3_stricmp(value, "wal") != 0;
}

int MainFile::control(int op, void* arg) {
    switch (op) {
        case SQLITE_FCNTL_SIZE_HINT:
        case SQLITE_FCNTL_CHUNK_SIZE:
            return SQLITE_OK;  // would leave unsealed bytes
        case SQLITE_FCNTL_PRAGMA: {
            auto** words = static_cast<char**>(arg);
            if (!changes_geometry(words[1], words[2])) return SQLITE_NOTFOUND;
            words[0] = sqlite3_mprintf("a vault keeps its page size and its journal mode");
            return SQLITE_ERROR;
        }
        case SQLITE_FCNTL_MMAP_SIZE:
        case SQLITE_FCNTL_BEGIN_ATOMIC_WRITE:
        case SQLITE_FCNTL_COMMIT_ATOMIC_WRITE:
        case SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE:
            return SQLITE_NOTFOUND;
        default:
            return base_.control(op, arg);
    }
}

}  // namespace

int open_main_file(
    Database& db, const char* name, int flags, int* out, std::unique_ptr<File>& file) {
    auto opened = std::make_unique<MainFile>(db);
    int wanted = flags & ~SQLITE_OPEN_CREATE;
    if (db.is_read_only) wanted = (wanted & ~SQLITE_OPEN_READWRITE) | SQLITE_OPEN_READONLY;
    const int rc = opened->open(name, wanted, out);
    if (rc == SQLITE_OK) file = std::move(opened);
    return rc;
}

}  // namespace dossier::vault
