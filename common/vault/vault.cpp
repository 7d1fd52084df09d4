#include "common/vault/vault.hpp"

#include <algorithm>
#include <string_view>

#include <sys/stat.h>
#include <unistd.h>

#include "common/base/check.hpp"
#include "common/vault/database.hpp"
#include "common/vault/page.hpp"
#include "common/vault/process_lock.hpp"
#include "common/vault/vfs.hpp"

namespace dossier::vault {
namespace {

constexpr std::string_view kPlainMagic("SQLite format 3\0", 16);
constexpr int kMainFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MAIN_DB;

sqlite3_vfs& base_of(const Below& below) {
    sqlite3_vfs* base = sqlite3_vfs_find(below.vfs);
    DOSSIER_CHECK(base != nullptr);
    return *base;
}

/// The path as SQLite opens it. Folders above may be links, as a linked /home is; a link in place
/// of the database itself is not followed: SQLite then asks for another file than this.
std::string full_path(sqlite3_vfs& base, const std::string& path) {
    struct stat own {};
    if (::lstat(path.c_str(), &own) == 0 && S_ISLNK(own.st_mode)) return path;
    constexpr int kPrimaryCode = 0xFF;  // SQLITE_OK_SYMLINK is a success, too
    std::string full(static_cast<std::size_t>(base.mxPathname) + 1, '\0');
    const int rc =
        base.xFullPathname(&base, path.c_str(), static_cast<int>(full.size()), full.data());
    return (rc & kPrimaryCode) == SQLITE_OK ? full.substr(0, full.find('\0')) : path;
}

Error missing(const std::string& path) {
    const auto slash = path.rfind('/');
    const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
    if (access(directory.c_str(), F_OK) != 0) return {&kNoDirectory, {directory}};
    return {&kMissing, {path}};
}

/// As told by the operating system; a path of a test's own VFS is none of its.
bool may_not_write(const std::string& path) {
    const auto denied = [](const std::string& place) {
        return access(place.c_str(), W_OK) != 0 &&
               (errno == EACCES || errno == EROFS || errno == EPERM);
    };
    return denied(path) || denied(path.substr(0, path.rfind('/') + 1));
}

Error found(Database& db, const Fault& otherwise) {
    auto error = db.faults.take();
    return error ? std::move(*error) : Error{&otherwise, {db.path}};
}

/// What can be told before SQLite looks: the right file, the right key, nothing planted.
Status inspect(Database& db) {
    BaseFile file;
    if (db.checked(file.open(db.base, db.path, kMainFlags)) != SQLITE_OK) {
        return tl::unexpected(access(db.path.c_str(), W_OK) != 0 && errno == EACCES
                                  ? Error{&kReadOnly, {db.path}}
                                  : found(db, kDiskFailed));
    }
    std::uint8_t page[kPageBytes];
    file.read(page, kPlainMagic.size(), 0);
    if (text_of({page, kPlainMagic.size()}) == kPlainMagic) return fail(kPlainDatabase, db.path);
    auto loaded = db.versions.load();
    if (!loaded) {
        if (!read_first_page_unversioned(db, file, page)) return fail(kWrongDataKey, db.path);
        return loaded;
    }
    // With a log to recover from, page 1 may be torn: `prepare` looks again after recovery.
    if (exists(db.base, db.wal_path) || read_page(db, file, 1, page) == SQLITE_OK) return {};
    return tl::unexpected(found(db, kDamagedPage));
}

Status run(Database& db, sqlite3* connection, const char* sql) {
    if (sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) == SQLITE_OK) return {};
    return tl::unexpected(found(db, kNotVault));
}

/// The first column of the first row, as a number. Errors: the fault found, kNotVault.
Result<std::int64_t> ask(Database& db, sqlite3* connection, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    std::optional<std::int64_t> answer;
    if (sqlite3_prepare_v2(connection, sql, -1, &statement, nullptr) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        answer = sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    if (!answer) return tl::unexpected(found(db, kNotVault));
    return *answer;
}

}  // namespace

struct Vault::Parts {
    Parts(ProcessLock taken,
          sqlite3_vfs& base,
          const std::string& path,
          crypto::Secret key,
          crypto::Random& random,
          const Below& below)
        : lock(std::move(taken)),
          db(base, path, std::move(key), random, below.version_log_bytes),
          vfs(db) {}

    ProcessLock lock;
    Database db;
    Vfs vfs;
};

Vault::Vault(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Vault::~Vault() = default;

Result<std::unique_ptr<Vault>> Vault::open(const VaultPaths& paths,
                                           crypto::Secret data_key,
                                           crypto::Random& random,
                                           const Below& below) {
    sqlite3_initialize();
    sqlite3_vfs& base = base_of(below);
    const std::string path = full_path(base, paths.database);
    if (!exists(base, path)) return tl::unexpected(missing(path));
    auto lock = ProcessLock::take(path);
    if (!lock) return pass(lock);
    if (exists(base, path + "-journal")) return fail(kForeignJournal, path + "-journal");
    auto parts =
        std::make_unique<Parts>(std::move(*lock), base, path, std::move(data_key), random, below);
    parts->db.is_read_only = may_not_write(path);
    auto fit = inspect(parts->db);
    if (!fit) return pass(fit);
    return std::unique_ptr<Vault>(new Vault(std::move(parts)));
}

const char* Vault::vfs_name() const {
    return parts_->vfs.name();
}

const std::string& Vault::database_path() const {
    return parts_->db.path;
}

std::optional<Error> Vault::last_fault() {
    return parts_->db.faults.take();
}

Mark Vault::mark() const {
    return parts_->db.versions.mark();
}

Status Vault::prepare(sqlite3* connection) {
    Database& db = parts_->db;
    auto set = run(db, connection, "PRAGMA temp_store=MEMORY; PRAGMA synchronous=FULL");
    if (!set) return set;
    // Reading the schema recovers the log and opens page 1 strictly, wherever it lies now.
    auto read = ask(db, connection, "SELECT count(*) FROM sqlite_schema");
    if (!read) return pass(read);
    auto application = ask(db, connection, "PRAGMA application_id");
    if (!application) return pass(application);
    if (*application != kApplicationId) return fail(kNotDossier);
    return {};
}

Status Vault::verify() {
    Database& db = parts_->db;
    std::set<std::uint32_t> in_log;
    if (exists(db.base, db.wal_path)) {
        BaseFile log;
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_WAL;
        if (db.checked(log.open(db.base, db.wal_path, flags)) != SQLITE_OK) {
            return tl::unexpected(found(db, kDiskFailed));
        }
        auto held = db.wal.pages_held(log);
        if (!held) return pass(held);
        in_log = std::move(*held);
    }
    BaseFile file;
    if (db.checked(file.open(db.base, db.path, kMainFlags)) != SQLITE_OK) {
        return tl::unexpected(found(db, kDiskFailed));
    }
    std::uint8_t page[kPageBytes];
    for (std::uint32_t at = 1; at <= db.versions.pages(); ++at) {
        // A page the log holds may be torn in the main file: the log is what counts. A second
        // look, because a checkpoint may have been writing it.
        if (in_log.contains(at) || read_page(db, file, at, page) == SQLITE_OK) continue;
        if (read_page(db, file, at, page) != SQLITE_OK) {
            return tl::unexpected(found(db, kDamagedPage));
        }
    }
    db.faults.take();
    return {};
}

Status create_database(const std::string& database,
                       crypto::Secret data_key,
                       crypto::Random& random,
                       const Below& below) {
    sqlite3_initialize();
    sqlite3_vfs& base = base_of(below);
    const std::string path = full_path(base, database);
    auto lock = ProcessLock::take(path);
    if (!lock) return pass(lock);
    Database db(base, path, std::move(data_key), random, below.version_log_bytes);
    BaseFile file;
    std::uint8_t seed[kPageBytes];
    const std::uint64_t version = seal_seed_page(db.codec, seed);
    VaultId id{};
    random.fill(id);
    int rc = file.open(base, path, kMainFlags | SQLITE_OPEN_CREATE);
    // The other files take their mode from this one.
    if (rc == SQLITE_OK) chmod(path.c_str(), S_IRUSR | S_IWUSR);
    if (rc == SQLITE_OK) rc = file.truncate(0);
    if (rc == SQLITE_OK) rc = file.write(seed, 0);
    if (rc == SQLITE_OK) rc = file.sync(SQLITE_SYNC_NORMAL);
    if (rc == SQLITE_OK) rc = db.versions.create(id, version, random);
    if (db.checked(rc) != SQLITE_OK) return tl::unexpected(found(db, kDiskFailed));
    return {};
}

Result<crypto::Secret> create(const VaultPaths& paths,
                              const Unlock& how,
                              crypto::Random& random,
                              const std::optional<PublicKey>& recovery,
                              const Below& below) {
    sqlite3_initialize();
    sqlite3_vfs& base = base_of(below);
    if (exists(base, paths.slots)) return fail(kExists, paths.slots);
    if (exists(base, paths.database)) {
        // A single page without a log is what an interrupted creation leaves; more is data.
        BaseFile file;
        std::int64_t bytes = 0;
        const int rc = file.open(base, full_path(base, paths.database), kMainFlags);
        if (rc != SQLITE_OK || file.size(bytes) != SQLITE_OK || bytes > std::int64_t{kPageBytes} ||
            exists(base, paths.database + "-wal")) {
            return fail(kSlotsMissing, paths.slots);
        }
    }
    crypto::Secret key(32);
    random.fill(key.bytes());
    auto made = create_database(paths.database, key.clone(), random, below);
    if (!made) return pass(made);
    auto wrapped = make_slots(paths.slots, how, key.view(), random, recovery);
    if (wrapped) return key;
    // A database nobody can open would be taken for one whose slots are lost.
    for (const char* suffix : {"", "-versions", "-versions2", "-lock"})
        base.xDelete(&base, (full_path(base, paths.database) + suffix).c_str(), 0);
    return pass(wrapped);
}

}  // namespace dossier::vault
