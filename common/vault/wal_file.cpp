// The write-ahead log as SQLite sees it: a header, then frames of header and page, written in
// pieces. Pieces become whole sealed frames here.
#include <algorithm>

#include "common/vault/database.hpp"
#include "common/vault/file.hpp"
#include "common/vault/page.hpp"
#include "common/vault/wal_log.hpp"

namespace dossier::vault {
namespace {

struct Piece {
    std::uint64_t frame;
    std::size_t offset;  ///< within the frame
};

Piece piece_at(std::int64_t offset) {
    const auto past = static_cast<std::uint64_t>(offset) - kWalHeaderBytes;
    return {past / kFrameBytes, static_cast<std::size_t>(past % kFrameBytes)};
}

class WalFile final : public File {
  public:
    explicit WalFile(Database& db) : db_(db) {}

    int open(const char* name, int flags, int* out) {
        return db_.checked(base_.open(db_.base, name, flags, out));
    }
    int read(std::uint8_t* out, std::size_t amount, std::int64_t offset) override;
    int write(ByteView bytes, std::int64_t offset) override;
    int truncate(std::int64_t size) override;
    int sync(int flags) override { return db_.checked(db_.wal.sync(base_, flags)); }
    int size(std::int64_t& bytes) override;
    int characteristics() override { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  private:
    int read_header(std::uint8_t* out, std::size_t amount, std::size_t offset);
    int write_header(std::uint64_t frame, ByteView header);
    int write_page(std::uint64_t frame, ByteView page);
    int rewrite(std::uint64_t frame, std::size_t offset, ByteView bytes);

    Database& db_;
    BaseFile base_;
    /// A frame header that waits for its page; both go down in one write.
    bool is_held_ = false;
    std::uint64_t held_frame_ = 0;
    std::uint8_t held_[kFrameBytes] = {};
};

int WalFile::read(std::uint8_t* out, std::size_t amount, std::int64_t offset) {
    if (offset < std::int64_t{kWalHeaderBytes}) {
        return read_header(out, amount, static_cast<std::size_t>(offset));
    }
    const Piece piece = piece_at(offset);
    if (piece.offset + amount > kFrameBytes) return SQLITE_IOERR_READ;
    // SQLite reads whole frames only when it recovers the log or sums up its own; a page alone
    // belongs to a frame it knows.
    const bool recovers = piece.offset == 0 && amount == kFrameBytes;
    const auto torn = recovers ? WalLog::Torn::IsEnd : WalLog::Torn::IsDamage;
    std::uint8_t frame[kFrameBytes];
    const int rc = db_.wal.read_frame(base_, piece.frame, torn, frame);
    if (rc == SQLITE_OK) std::copy_n(frame + piece.offset, amount, out);
    return rc;
}

int WalFile::read_header(std::uint8_t* out, std::size_t amount, std::size_t offset) {
    if (offset + amount > kWalHeaderBytes) return SQLITE_IOERR_READ;
    std::uint8_t header[kWalHeaderBytes];
    const int rc = db_.checked(db_.wal.read_header(base_, header));
    if (rc == SQLITE_OK) std::copy_n(header + offset, amount, out);
    return rc;
}

int WalFile::write(ByteView bytes, std::int64_t offset) {
    if (offset == 0 && bytes.size() == kWalHeaderBytes) {
        return db_.checked(db_.wal.write_header(base_, bytes.data()));
    }
    if (offset < std::int64_t{kWalHeaderBytes}) return SQLITE_IOERR_WRITE;
    const Piece piece = piece_at(offset);
    if (piece.offset == 0 && bytes.size() == kFrameHeaderBytes) {
        return write_header(piece.frame, bytes);
    }
    if (piece.offset == kFrameHeaderBytes && bytes.size() == kFrameBytes - kFrameHeaderBytes) {
        return write_page(piece.frame, bytes);
    }
    return SQLITE_IOERR_WRITE;
}

int WalFile::write_header(std::uint64_t frame, ByteView header) {
    // The last header of a spilled transaction is rewritten alone, with no call after it that
    // could be hooked under synchronous=NORMAL: so at once.
    if (db_.wal.is_written(frame)) return rewrite(frame, 0, header);
    is_held_ = true;
    held_frame_ = frame;
    std::copy(header.begin(), header.end(), held_);
    return SQLITE_OK;
}

int WalFile::write_page(std::uint64_t frame, ByteView page) {
    const std::uint32_t number = is_held_ ? WalLog::page_of(held_) : 0;
    const int fit = refuse_unfit(db_, number, page.data());
    if (fit != SQLITE_OK) return fit;
    if (!is_held_ || held_frame_ != frame) return rewrite(frame, kFrameHeaderBytes, page);
    is_held_ = false;
    std::copy(page.begin(), page.end(), held_ + kFrameHeaderBytes);
    return db_.checked(db_.wal.write_frame(base_, frame, held_));
}

int WalFile::rewrite(std::uint64_t frame, std::size_t offset, ByteView bytes) {
    std::uint8_t whole[kFrameBytes];
    const int rc = db_.wal.read_frame(base_, frame, WalLog::Torn::IsDamage, whole);
    if (rc != SQLITE_OK) return rc;
    std::copy(bytes.begin(), bytes.end(), whole + offset);
    return db_.checked(db_.wal.write_frame(base_, frame, whole));
}

int WalFile::truncate(std::int64_t size) {
    is_held_ = false;
    const auto header = std::int64_t{kWalHeaderBytes};
    const std::uint64_t frames = size < header ? 0 : piece_at(size).frame;
    return db_.checked(db_.wal.truncate(base_, frames, size < header));
}

int WalFile::size(std::int64_t& bytes) {
    std::int64_t physical = 0;
    std::uint64_t frames = 0;
    int rc = base_.size(physical);
    if (rc == SQLITE_OK) rc = WalLog::frame_count(base_, frames);
    bytes = physical == 0 ? 0 : static_cast<std::int64_t>(kWalHeaderBytes + frames * kFrameBytes);
    return db_.checked(rc);
}

/// What SQLite reads where there is no log and none may be made.
class NoLog final : public File {
  public:
    int read(std::uint8_t* out, std::size_t amount, std::int64_t) override {
        std::fill_n(out, amount, std::uint8_t{0});
        return SQLITE_IOERR_SHORT_READ;
    }
    int write(ByteView, std::int64_t) override { return SQLITE_READONLY; }
    int truncate(std::int64_t) override { return SQLITE_READONLY; }
    int sync(int) override { return SQLITE_OK; }
    int size(std::int64_t& bytes) override {
        bytes = 0;
        return SQLITE_OK;
    }
    int characteristics() override { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }
};

}  // namespace

int open_wal_file(
    Database& db, const char* name, int flags, int* out, std::unique_ptr<File>& file) {
    if (db.is_read_only) {
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
        if (!exists(db.base, db.wal_path)) {
            file = std::make_unique<NoLog>();
            if (out != nullptr) *out = flags;
            return SQLITE_OK;
        }
    }
    auto opened = std::make_unique<WalFile>(db);
    const int rc = opened->open(name, flags, out);
    if (rc == SQLITE_OK) file = std::move(opened);
    return rc;
}

}  // namespace dossier::vault
