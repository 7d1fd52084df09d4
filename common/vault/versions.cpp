#include "common/vault/versions.hpp"

#include <algorithm>

#include "common/base/check.hpp"
#include "common/vault/faults.hpp"

namespace dossier::vault {
namespace {

constexpr std::size_t kVersionsHeadBytes = 16 + 16 + 8 + 8 + 8 + 4 + 1;
constexpr std::size_t kChangeBytes = 4 + 8;
// The journal flavour makes the base VFS fsync the directory with the first sync of a new file.
constexpr int kOpenFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;

}  // namespace

VersionTable::VersionTable(sqlite3_vfs& base,
                           std::string database,
                           Codec& codec,
                           std::size_t log_bytes_max)
    : base_(base), database_(std::move(database)), codec_(codec), log_bytes_max_(log_bytes_max) {}

std::string VersionTable::path(unsigned which) const {
    return database_ + (which == 0 ? "-versions" : "-versions2");
}

int VersionTable::open(unsigned which, int flags) {
    file_.close();
    which_ = which;
    return file_.open(base_, path(which), flags);
}

int VersionTable::create(const VaultId& vault, std::uint64_t first_page, crypto::Random& random) {
    image_ = Image{};
    image_.vault = vault;
    random.fill(image_.file);
    image_.versions = {first_page};
    base_.xDelete(&base_, path(1).c_str(), 0);
    int rc = open(0, kOpenFlags | SQLITE_OPEN_CREATE);
    if (rc == SQLITE_OK) rc = file_.truncate(0);
    if (rc == SQLITE_OK) rc = append(plain_record(Kind::Full, {}, {}));
    return rc;
}

Status VersionTable::load() {
    Image best;
    unsigned which = 0;
    for (const unsigned candidate : {0U, 1U}) {
        if (!exists(base_, path(candidate))) continue;
        BaseFile file;
        if (file.open(base_, path(candidate), kOpenFlags) != SQLITE_OK) continue;
        Image image = read_image(file);
        if (image.records == 0 || image.generation <= best.generation) continue;
        best = std::move(image);
        which = candidate;
    }
    if (best.records == 0 || best.broken) return fail(kDamagedVersions, path(which));
    if (open(which, kOpenFlags) != SQLITE_OK) return fail(kDamagedVersions, path(which));
    image_ = std::move(best);
    return {};
}

VersionTable::Image VersionTable::read_image(BaseFile& file) {
    Image image;
    std::int64_t size = 0;
    if (file.size(size) != SQLITE_OK) return image;
    while (read_record(file, image, size)) continue;
    // A record that fails is the torn tail of a crash, unless the next one holds: it was only
    // written after this one was durable.
    Image skipped = image;
    std::uint8_t length[4];
    if (image.end + 4 <= size && file.read(length, sizeof length, image.end) == SQLITE_OK) {
        skipped.end +=
            4 + std::int64_t{read_le<std::uint32_t>(length)} + std::int64_t{kTrailerBytes};
        skipped.records += 1;
        image.broken = image.records > 0 && read_record(file, skipped, size);
    }
    return image;
}

bool VersionTable::read_record(BaseFile& file, Image& image, std::int64_t size) {
    std::uint8_t head[4];
    if (image.end + 4 > size || file.read(head, sizeof head, image.end) != SQLITE_OK) return false;
    const std::size_t length = read_le<std::uint32_t>(head);
    const auto after = image.end + 4 + static_cast<std::int64_t>(length + kTrailerBytes);
    if (length < kVersionsHeadBytes || after > size) return false;
    Bytes sealed(length + kTrailerBytes);
    if (file.read(sealed.data(), sealed.size(), image.end + 4) != SQLITE_OK) return false;
    const std::uint8_t* trailer = sealed.data() + length;
    const ByteView cipher(sealed.data(), length);
    if (!codec_.open({Role::Versions, image.records}, cipher, trailer, sealed.data())) return false;
    if (!apply(image, cipher)) return false;
    std::copy_n(trailer + kNonceBytes, kTagBytes, image.digest.begin());
    image.records += 1;
    image.end = after;
    return true;
}

bool VersionTable::apply(Image& image, ByteView plain) {
    const std::uint8_t* at = plain.data();
    VaultId file{};
    std::copy_n(at, 16, image.vault.begin());
    std::copy_n(at + 16, 16, file.begin());
    // Records of an earlier life of the file authenticate too, but carry another file id.
    if (image.records > 0 && file != image.file) return false;
    image.file = file;
    image.generation = read_le<std::uint64_t>(at + 32);
    image.wal = {read_le<std::uint64_t>(at + 40), read_le<std::uint64_t>(at + 48)};
    const std::size_t pages = read_le<std::uint32_t>(at + 56);
    const auto kind = static_cast<Kind>(at[60]);
    ByteView rest = plain.subspan(kVersionsHeadBytes);
    if (kind == Kind::Full && rest.size() != pages * 8) return false;
    // Every page that came is listed: no record asks for more memory than it is long.
    const bool grows = pages > image.versions.size() + rest.size() / kChangeBytes;
    if (kind != Kind::Full && grows) return false;
    image.versions.resize(pages);
    if (kind == Kind::Full) {
        for (std::size_t i = 0; i < pages; ++i) {
            image.versions[i] = read_le<std::uint64_t>(rest.data() + 8 * i);
        }
        return true;
    }
    for (; rest.size() >= kChangeBytes; rest = rest.subspan(kChangeBytes)) {
        const std::size_t page = read_le<std::uint32_t>(rest.data());
        if (page == 0 || page > pages) return false;
        image.versions[page - 1] = read_le<std::uint64_t>(rest.data() + 4);
    }
    return rest.empty();
}

std::uint32_t VersionTable::pages() const {
    const std::lock_guard lock(entries_);
    return static_cast<std::uint32_t>(image_.versions.size());
}

std::uint64_t VersionTable::version(std::uint32_t page) const {
    const std::lock_guard lock(entries_);
    return page == 0 || page > image_.versions.size() ? 0 : image_.versions[page - 1];
}

WalMark VersionTable::wal_mark() const {
    const std::lock_guard lock(entries_);
    return image_.wal;
}

Mark VersionTable::mark() const {
    const std::lock_guard lock(entries_);
    return {image_.vault, image_.generation, image_.digest};
}

void VersionTable::set(std::uint32_t page, std::uint64_t version) {
    const std::lock_guard lock(entries_);
    DOSSIER_CHECK(page >= 1 && page <= image_.versions.size() + 1);
    if (page > image_.versions.size()) image_.versions.push_back(0);
    image_.versions[page - 1] = version;
    dirty_.push_back(page);
}

void VersionTable::shrink(std::uint32_t pages) {
    const std::lock_guard lock(entries_);
    DOSSIER_CHECK(pages <= image_.versions.size());
    image_.versions.resize(pages);
    resized_ = true;
}

Bytes VersionTable::plain_record(Kind kind,
                                 const std::vector<std::uint32_t>& changed,
                                 WalMark wal) const {
    const std::lock_guard lock(entries_);
    const auto pages = static_cast<std::uint32_t>(image_.versions.size());
    Bytes plain;
    plain.reserve(kVersionsHeadBytes +
                  (kind == Kind::Full ? std::size_t{8} * pages : kChangeBytes * changed.size()));
    dossier::append(plain, image_.vault);
    dossier::append(plain, image_.file);
    append_le(plain, image_.generation + 1);
    append_le(plain, wal.generation);
    append_le(plain, wal.frames);
    append_le(plain, pages);
    plain.push_back(static_cast<std::uint8_t>(kind));
    if (kind == Kind::Full) {
        for (const std::uint64_t version : image_.versions) append_le(plain, version);
        return plain;
    }
    for (const std::uint32_t page : changed) {
        if (page > pages) continue;
        append_le(plain, page);
        append_le(plain, image_.versions[page - 1]);
    }
    return plain;
}

int VersionTable::append(ByteView plain) {
    Bytes record;
    append_le(record, static_cast<std::uint32_t>(plain.size()));
    record.resize(4 + plain.size() + kTrailerBytes);
    std::uint8_t* trailer = record.data() + 4 + plain.size();
    codec_.seal({Role::Versions, image_.records}, plain, record.data() + 4, trailer);
    int rc = file_.write(record, image_.end);
    if (rc == SQLITE_OK) rc = file_.sync(SQLITE_SYNC_NORMAL);
    if (rc != SQLITE_OK) return rc;  // written again at the same place next time
    const std::lock_guard lock(entries_);
    image_.generation += 1;
    image_.wal = {read_le<std::uint64_t>(plain.data() + 40),
                  read_le<std::uint64_t>(plain.data() + 48)};
    image_.records += 1;
    image_.end += static_cast<std::int64_t>(record.size());
    std::copy_n(trailer + kNonceBytes, kTagBytes, image_.digest.begin());
    return SQLITE_OK;
}

int VersionTable::begin_other_file(WalMark wal) {
    const unsigned former = which_;
    const Image kept = [&] {
        const std::lock_guard lock(entries_);
        Image ends;
        ends.file = image_.file;
        ends.records = image_.records;
        ends.end = image_.end;
        return ends;
    }();
    int rc = open(1 - former, kOpenFlags | SQLITE_OPEN_CREATE);
    if (rc == SQLITE_OK) rc = file_.truncate(0);
    if (rc == SQLITE_OK) {
        // A new name for this life of the file: the digest of the last record is unique.
        image_.file = image_.digest;
        image_.records = 0;
        image_.end = 0;
        rc = append(plain_record(Kind::Full, {}, wal));
    }
    if (rc == SQLITE_OK) return rc;
    image_.file = kept.file;
    image_.records = kept.records;
    image_.end = kept.end;
    const int back = open(former, kOpenFlags);
    return back == SQLITE_OK ? rc : back;
}

int VersionTable::store(WalMark wal) {
    const std::lock_guard storing(storing_);
    std::vector<std::uint32_t> changed;
    bool resized = false;
    std::size_t full_bytes = 0;
    {
        const std::lock_guard lock(entries_);
        if (dirty_.empty() && !resized_) return SQLITE_OK;
        changed.swap(dirty_);
        resized = std::exchange(resized_, false);
        full_bytes = 8 * image_.versions.size();
    }
    std::sort(changed.begin(), changed.end());
    changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
    const bool long_log = image_.end > static_cast<std::int64_t>(2 * full_bytes + log_bytes_max_);
    const Kind kind = kChangeBytes * changed.size() < full_bytes ? Kind::Changes : Kind::Full;
    const int rc = !file_.is_open() ? SQLITE_IOERR_WRITE
                   : long_log       ? begin_other_file(wal)
                                    : append(plain_record(kind, changed, wal));
    if (rc != SQLITE_OK) {
        const std::lock_guard lock(entries_);
        dirty_.insert(dirty_.end(), changed.begin(), changed.end());
        resized_ = resized_ || resized;
    }
    return rc;
}

}  // namespace dossier::vault
