// Nameless files (statement journals, sorter runs): sealed blocks under a key drawn for this one
// file and forgotten with it.
#include <algorithm>

#include "common/vault/database.hpp"
#include "common/vault/file.hpp"

namespace dossier::vault {
namespace {

constexpr std::size_t kBlockBytes = 4096;
constexpr std::size_t kBlockStride = kBlockBytes + kTrailerBytes;

class TempFile final : public File {
  public:
    TempFile(Database& db, crypto::Secret key) : db_(db), codec_(std::move(key), db.random) {}

    int open(int flags, int* out) { return db_.checked(base_.open(db_.base, nullptr, flags, out)); }
    int read(std::uint8_t* out, std::size_t amount, std::int64_t offset) override;
    int write(ByteView bytes, std::int64_t offset) override;
    int truncate(std::int64_t size) override;
    int sync(int) override { return SQLITE_OK; }  // dies with the process
    int size(std::int64_t& bytes) override {
        bytes = static_cast<std::int64_t>(size_);
        return SQLITE_OK;
    }
    int characteristics() override { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

  private:
    int read_block(std::uint64_t block, std::uint8_t* out);
    int write_block(std::uint64_t block, const std::uint8_t* plain);

    Database& db_;
    Codec codec_;
    BaseFile base_;
    std::uint64_t size_ = 0;
    std::uint64_t blocks_ = 0;  ///< sealed blocks in the file, without holes
};

int TempFile::read_block(std::uint64_t block, std::uint8_t* out) {
    std::fill_n(out, kBlockBytes, std::uint8_t{0});
    if (block >= blocks_) return SQLITE_OK;
    std::uint8_t sealed[kBlockStride];
    const int rc =
        base_.read(sealed, sizeof sealed, static_cast<std::int64_t>(block * kBlockStride));
    if (rc != SQLITE_OK) return db_.checked(rc);
    const bool whole =
        codec_.open({Role::Temp, block}, {sealed, kBlockBytes}, sealed + kBlockBytes, out);
    return whole ? SQLITE_OK : SQLITE_IOERR_DATA;
}

int TempFile::write_block(std::uint64_t block, const std::uint8_t* plain) {
    std::uint8_t sealed[kBlockStride];
    codec_.seal({Role::Temp, block}, {plain, kBlockBytes}, sealed, sealed + kBlockBytes);
    return db_.checked(base_.write(sealed, static_cast<std::int64_t>(block * kBlockStride)));
}

int TempFile::read(std::uint8_t* out, std::size_t amount, std::int64_t offset) {
    const auto from = static_cast<std::uint64_t>(offset);
    const std::size_t there = from >= size_ ? 0 : std::min<std::size_t>(amount, size_ - from);
    std::fill_n(out + there, amount - there, std::uint8_t{0});
    for (std::size_t done = 0; done < there;) {
        std::uint8_t plain[kBlockBytes];
        const std::size_t within = (from + done) % kBlockBytes;
        const std::size_t step = std::min(there - done, kBlockBytes - within);
        const int rc = read_block((from + done) / kBlockBytes, plain);
        if (rc != SQLITE_OK) return rc;
        std::copy_n(plain + within, step, out + done);
        done += step;
    }
    return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

int TempFile::write(ByteView bytes, std::int64_t offset) {
    const auto from = static_cast<std::uint64_t>(offset);
    static constexpr std::uint8_t kZeros[kBlockBytes] = {};
    for (; blocks_ < from / kBlockBytes; ++blocks_) {
        const int rc = write_block(blocks_, kZeros);
        if (rc != SQLITE_OK) return rc;
    }
    for (std::size_t done = 0; done < bytes.size();) {
        std::uint8_t plain[kBlockBytes];
        const std::uint64_t block = (from + done) / kBlockBytes;
        const std::size_t within = (from + done) % kBlockBytes;
        const std::size_t step = std::min(bytes.size() - done, kBlockBytes - within);
        int rc = step == kBlockBytes ? SQLITE_OK : read_block(block, plain);
        if (rc != SQLITE_OK) return rc;
        std::copy_n(bytes.data() + done, step, plain + within);
        rc = write_block(block, plain);
        if (rc != SQLITE_OK) return rc;
        blocks_ = std::max(blocks_, block + 1);
        done += step;
    }
    size_ = std::max(size_, from + bytes.size());
    return SQLITE_OK;
}

int TempFile::truncate(std::int64_t size) {
    const auto wanted = static_cast<std::uint64_t>(size);
    if (wanted >= size_) return SQLITE_OK;
    // What is cut off must read as zeros should the file grow again.
    std::uint8_t plain[kBlockBytes];
    const std::size_t within = wanted % kBlockBytes;
    const std::uint64_t last = wanted / kBlockBytes;
    if (within != 0) {
        int rc = read_block(last, plain);
        if (rc != SQLITE_OK) return rc;
        std::fill(plain + within, plain + kBlockBytes, std::uint8_t{0});
        rc = write_block(last, plain);
        if (rc != SQLITE_OK) return rc;
    }
    blocks_ = last + (within != 0 ? 1 : 0);
    size_ = wanted;
    return db_.checked(base_.truncate(static_cast<std::int64_t>(blocks_ * kBlockStride)));
}

}  // namespace

int open_temp_file(Database& db, int flags, int* out, std::unique_ptr<File>& file) {
    std::unique_ptr<TempFile> opened;
    {
        const std::lock_guard lock(db.drawing);
        crypto::Secret key(32);
        db.random.fill(key.bytes());
        opened = std::make_unique<TempFile>(db, std::move(key));
    }
    const int rc = opened->open(flags, out);
    if (rc == SQLITE_OK) file = std::move(opened);
    return rc;
}

}  // namespace dossier::vault
