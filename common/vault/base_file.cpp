#include "common/vault/base_file.hpp"

#include <algorithm>

#include "common/base/plant.hpp"

namespace dossier::vault {
namespace {

/// SQLite's unix VFS cuts the size of a single read or write to 17 bits.
constexpr std::size_t kPieceBytes = std::size_t{64} * 1024;

}  // namespace

BaseFile::~BaseFile() {
    close();
}

int BaseFile::open(sqlite3_vfs& base, const char* name, int flags, int* flags_out) {
    const auto words = (static_cast<std::size_t>(base.szOsFile) + 7) / 8;
    memory_ = std::make_unique<std::uint64_t[]>(words);
    auto* file = reinterpret_cast<sqlite3_file*>(memory_.get());
    const int rc = base.xOpen(&base, name, file, flags, flags_out);
    if (file->pMethods != nullptr) file_ = file;
    if (rc != SQLITE_OK) close();
    return rc;
}

int BaseFile::open(sqlite3_vfs& base, const std::string& path, int flags) {
    name_ = path + std::string(3, '\0');
    return open(base, name_.c_str(), flags);
}

void BaseFile::close() {
    if (file_ != nullptr && !is_planted(Plant::FilesLeftOpen)) file_->pMethods->xClose(file_);
    file_ = nullptr;
}

int BaseFile::read(std::uint8_t* out, std::size_t amount, std::int64_t offset) {
    int worst = SQLITE_OK;
    while (amount > 0) {
        const std::size_t piece = std::min(amount, kPieceBytes);
        const int rc = file_->pMethods->xRead(file_, out, static_cast<int>(piece), offset);
        if (rc != SQLITE_OK && rc != SQLITE_IOERR_SHORT_READ) return rc;
        if (rc != SQLITE_OK) worst = rc;
        out += piece;
        amount -= piece;
        offset += static_cast<std::int64_t>(piece);
    }
    return worst;
}

int BaseFile::write(ByteView bytes, std::int64_t offset) {
    while (!bytes.empty()) {
        const std::size_t piece = std::min(bytes.size(), kPieceBytes);
        const int rc =
            file_->pMethods->xWrite(file_, bytes.data(), static_cast<int>(piece), offset);
        if (rc != SQLITE_OK) return rc;
        bytes = bytes.subspan(piece);
        offset += static_cast<std::int64_t>(piece);
    }
    return SQLITE_OK;
}

int BaseFile::truncate(std::int64_t size) {
    return file_->pMethods->xTruncate(file_, size);
}

int BaseFile::sync(int flags) {
    return file_->pMethods->xSync(file_, flags);
}

int BaseFile::size(std::int64_t& bytes) {
    sqlite3_int64 found = 0;
    const int rc = file_->pMethods->xFileSize(file_, &found);
    bytes = found;
    return rc;
}

int BaseFile::control(int op, void* arg) {
    return file_->pMethods->xFileControl(file_, op, arg);
}

int BaseFile::characteristics() {
    return file_->pMethods->xDeviceCharacteristics(file_);
}

bool exists(sqlite3_vfs& base, const std::string& path) {
    int found = 0;
    const int rc = base.xAccess(&base, path.c_str(), SQLITE_ACCESS_EXISTS, &found);
    return rc == SQLITE_OK && found != 0;
}

}  // namespace dossier::vault
