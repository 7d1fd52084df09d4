#include "tests/support/fault_vfs.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "common/base/check.hpp"

namespace dossier::test {
namespace {

constexpr std::int64_t kSector = 512;
/// SQLite's unix VFS cannot do more at once.
constexpr int kAmountMax = 0x1FFFF;

/// SplitMix64: small, seeded, good enough to choose what a power cut keeps.
struct Dice {
    std::uint64_t state;
    std::uint64_t next() {
        state += 0x9E3779B97F4A7C15U;
        std::uint64_t z = state;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    bool half() { return (next() & 1U) != 0; }
};

void change(Bytes& content, const DiskFile::Change& by) {
    if (by.truncates) {
        content.resize(static_cast<std::size_t>(by.at));
        return;
    }
    const auto end = static_cast<std::size_t>(by.at) + by.bytes.size();
    if (content.size() < end) content.resize(end);
    std::copy(by.bytes.begin(), by.bytes.end(), content.begin() + by.at);
}

/// Keeps each sector of one write or not.
void tear(Bytes& content, const DiskFile::Change& by, Dice& dice) {
    const auto end = by.at + static_cast<std::int64_t>(by.bytes.size());
    for (std::int64_t from = by.at; from < end;) {
        const std::int64_t to = std::min(end, (from / kSector + 1) * kSector);
        if (dice.half()) {
            const auto first = by.bytes.begin() + (from - by.at);
            change(content, {false, from, Bytes(first, first + (to - from))});
        }
        from = to;
    }
}

struct Handle {
    sqlite3_file base;
    FaultVfs* vfs;
    std::shared_ptr<DiskFile>* file;
    std::string* name;
    bool syncs_name;
};

Handle& handle_of(sqlite3_file* f) {
    return *reinterpret_cast<Handle*>(f);
}

int close(sqlite3_file* f) {
    Handle& h = handle_of(f);
    --h.vfs->open_files;
    delete h.file;
    delete h.name;
    h.base.pMethods = nullptr;
    return SQLITE_OK;
}
int read(sqlite3_file* f, void* out, int amount, sqlite3_int64 offset) {
    DOSSIER_CHECK(amount <= kAmountMax);
    Handle& h = handle_of(f);
    if (h.vfs->admit(true) != SQLITE_OK) return SQLITE_IOERR_READ;
    const Bytes& live = (*h.file)->live;
    auto* to = static_cast<std::uint8_t*>(out);
    const auto size = static_cast<std::int64_t>(live.size());
    const std::int64_t there = std::clamp<std::int64_t>(size - offset, 0, amount);
    if (there > 0) std::copy_n(live.begin() + offset, there, to);
    std::fill_n(to + there, amount - there, std::uint8_t{0});
    return there == amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}
int write(sqlite3_file* f, const void* bytes, int amount, sqlite3_int64 offset) {
    DOSSIER_CHECK(amount <= kAmountMax);
    Handle& h = handle_of(f);
    const auto* from = static_cast<const std::uint8_t*>(bytes);
    const auto size = static_cast<std::size_t>(amount);
    if (h.vfs->watch) h.vfs->watch(*h.name, offset, {from, size});
    const int rc = h.vfs->admit(false);
    if (rc == SQLITE_OK) h.vfs->apply(**h.file, {false, offset, Bytes(from, from + size)});
    if (rc != SQLITE_OK && h.vfs->failure == Failure::ShortWrite && h.vfs->cut_at == 0) {
        h.vfs->apply(**h.file, {false, offset, Bytes(from, from + size / 2)});
    }
    if (rc == SQLITE_OK) return rc;
    return h.vfs->failure == Failure::Io ? SQLITE_IOERR_WRITE : SQLITE_FULL;
}
int truncate(sqlite3_file* f, sqlite3_int64 size) {
    Handle& h = handle_of(f);
    if (h.vfs->admit(false) != SQLITE_OK) return SQLITE_IOERR_TRUNCATE;
    h.vfs->apply(**h.file, {true, size, {}});
    return SQLITE_OK;
}
int sync(sqlite3_file* f, int) {
    Handle& h = handle_of(f);
    if (h.vfs->admit(false) != SQLITE_OK) return SQLITE_IOERR_FSYNC;
    if (h.vfs->lies_about_sync) return SQLITE_OK;
    DiskFile& file = **h.file;
    for (const auto& by : file.unsynced) change(file.durable, by);
    file.unsynced.clear();
    // A sync of the directory covers every name in it.
    if (std::exchange(h.syncs_name, false)) h.vfs->disk.durable_names = h.vfs->disk.names;
    return SQLITE_OK;
}
int file_size(sqlite3_file* f, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>((*handle_of(f).file)->live.size());
    return SQLITE_OK;
}
int no_lock(sqlite3_file*, int) {
    return SQLITE_OK;
}
int not_reserved(sqlite3_file*, int* out) {
    *out = 0;
    return SQLITE_OK;
}
int no_control(sqlite3_file*, int, void*) {
    return SQLITE_NOTFOUND;
}
int sector_size(sqlite3_file*) {
    return static_cast<int>(kSector);
}
int characteristics(sqlite3_file*) {
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

constexpr sqlite3_io_methods kMethods{
    1,       close,        read,       write,       truncate,        sync,    file_size, no_lock,
    no_lock, not_reserved, no_control, sector_size, characteristics, nullptr, nullptr,   nullptr,
    nullptr, nullptr,      nullptr};

FaultVfs& owner(sqlite3_vfs* vfs) {
    return *static_cast<FaultVfs*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* f, int flags, int* out) {
    FaultVfs& faults = owner(vfs);
    Handle& h = handle_of(f);
    h.base.pMethods = nullptr;
    std::shared_ptr<DiskFile> file;
    const auto kind = static_cast<unsigned>(flags);
    bool is_new = false;
    if (name == nullptr) {
        file = std::make_shared<DiskFile>();
    } else if (const auto at = faults.disk.names.find(name); at != faults.disk.names.end()) {
        file = at->second;
    } else {
        if ((kind & SQLITE_OPEN_CREATE) == 0) return SQLITE_CANTOPEN;
        if (faults.admit(false) != SQLITE_OK) return SQLITE_CANTOPEN;
        file = std::make_shared<DiskFile>();
        faults.disk.names[name] = file;
        is_new = true;
    }
    constexpr unsigned kJournals = SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    h = {{&kMethods},
         &faults,
         new std::shared_ptr<DiskFile>(file),
         new std::string(name == nullptr ? "" : name),
         is_new && (kind & kJournals) != 0};
    ++faults.open_files;
    if (out != nullptr) *out = flags;
    return SQLITE_OK;
}
int remove(sqlite3_vfs* vfs, const char* name, int sync_directory) {
    FaultVfs& faults = owner(vfs);
    if (!faults.disk.names.contains(name)) return SQLITE_IOERR_DELETE_NOENT;
    if (faults.admit(false) != SQLITE_OK) return SQLITE_IOERR_DELETE;
    faults.disk.names.erase(name);
    if (sync_directory != 0 && !faults.lies_about_sync)
        faults.disk.durable_names = faults.disk.names;
    return SQLITE_OK;
}
int access(sqlite3_vfs* vfs, const char* name, int, int* out) {
    const auto& names = owner(vfs).disk.names;
    const auto at = names.find(name);
    *out = at != names.end() && !at->second->live.empty() ? 1 : 0;
    return SQLITE_OK;
}
int full_path(sqlite3_vfs*, const char* name, int bytes, char* out) {
    sqlite3_snprintf(bytes, out, "%s", name);
    return SQLITE_OK;
}
int randomness(sqlite3_vfs*, int bytes, char* out) {
    sqlite3_vfs* real = sqlite3_vfs_find("unix");
    return real->xRandomness(real, bytes, out);
}
int sleep(sqlite3_vfs*, int microseconds) {
    sqlite3_vfs* real = sqlite3_vfs_find("unix");
    return real->xSleep(real, microseconds);
}
int now(sqlite3_vfs*, double* julian_day) {
    *julian_day = 2460000.5;
    return SQLITE_OK;
}
int last_error(sqlite3_vfs*, int, char*) {
    return 0;
}
int now_ms(sqlite3_vfs*, sqlite3_int64* julian_ms) {
    *julian_ms = 2460000LL * 86400000LL;
    return SQLITE_OK;
}

}  // namespace

void Disk::settle() {
    for (auto& [name, file] : names) {
        file->durable = file->live;
        file->unsynced.clear();
    }
    durable_names = names;
}

Disk Disk::clone() const {
    Disk copy;
    std::map<const DiskFile*, std::shared_ptr<DiskFile>> copies;
    const auto copied = [&](const std::shared_ptr<DiskFile>& file) {
        auto& made = copies[file.get()];
        if (!made) made = std::make_shared<DiskFile>(*file);
        return made;
    };
    for (const auto& [name, file] : names) copy.names[name] = copied(file);
    for (const auto& [name, file] : durable_names) copy.durable_names[name] = copied(file);
    return copy;
}

void Disk::lose_power(std::uint64_t seed) {
    Dice dice{seed};
    std::map<std::string, std::shared_ptr<DiskFile>> left;
    for (const auto& [name, file] : durable_names) {
        const bool removed = !names.contains(name) || names[name] != file;
        if (!removed || dice.half()) left[name] = file;
    }
    for (const auto& [name, file] : names) {
        const auto known = durable_names.find(name);
        const bool is_new = known == durable_names.end() || known->second != file;
        if (is_new && dice.half()) left[name] = file;
    }
    for (auto& [name, file] : left) {
        for (const auto& by : file->unsynced) {
            const std::uint64_t choice = dice.next() % 3;
            if (choice == 0) continue;
            if (choice == 1 || by.truncates) {
                change(file->durable, by);
            } else {
                tear(file->durable, by, dice);
            }
        }
        file->unsynced.clear();
        file->live = file->durable;
    }
    names = left;
    durable_names = left;
}

FaultVfs::FaultVfs(std::string name) : name_(std::move(name)) {
    vfs_.iVersion = 2;
    vfs_.szOsFile = static_cast<int>(sizeof(Handle));
    vfs_.mxPathname = 512;
    vfs_.zName = name_.c_str();
    vfs_.pAppData = this;
    vfs_.xOpen = open;
    vfs_.xDelete = remove;
    vfs_.xAccess = access;
    vfs_.xFullPathname = full_path;
    vfs_.xRandomness = randomness;
    vfs_.xSleep = sleep;
    vfs_.xCurrentTime = now;
    vfs_.xGetLastError = last_error;
    vfs_.xCurrentTimeInt64 = now_ms;
    sqlite3_initialize();
    DOSSIER_CHECK(sqlite3_vfs_register(&vfs_, 0) == SQLITE_OK);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&vfs_);
}

int FaultVfs::admit(bool reads) {
    if (reads && !counts_reads) return SQLITE_OK;
    ++calls;
    if (cut_at != 0 && calls >= cut_at) return SQLITE_IOERR;
    if (fail_at != 0 && (calls == fail_at || (fails_for_good && calls > fail_at))) {
        return SQLITE_IOERR;
    }
    return SQLITE_OK;
}

void FaultVfs::apply(DiskFile& file, DiskFile::Change by) {
    change(file.live, by);
    file.unsynced.push_back(std::move(by));
}

}  // namespace dossier::test
