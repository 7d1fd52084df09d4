// What SQLite may ask of a VFS and its files, asked directly: statements reach only a part of it.
#include <cstring>
#include <random>

#include <doctest/doctest.h>

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

/// A file the vault's VFS opened, closed with its owner.
class Asked {
  public:
    Asked(sqlite3_vfs& vfs, const char* name, int flags) : memory_(vfs.szOsFile / 8 + 1) {
        opened = vfs.xOpen(&vfs, name, file(), flags, nullptr);
    }
    Asked(const Asked&) = delete;
    Asked& operator=(const Asked&) = delete;
    ~Asked() {
        if (file()->pMethods != nullptr) file()->pMethods->xClose(file());
    }
    sqlite3_file* file() { return reinterpret_cast<sqlite3_file*>(memory_.data()); }
    const sqlite3_io_methods& methods() { return *file()->pMethods; }

    int opened = SQLITE_ERROR;

  private:
    std::vector<std::uint64_t> memory_;
};

sqlite3_file* file_of(Session& session, int which) {
    sqlite3_file* file = nullptr;
    sqlite3_file_control(session.sql->handle(), "main", which, static_cast<void*>(&file));
    REQUIRE(file != nullptr);
    REQUIRE(file->pMethods != nullptr);
    return file;
}

int reserved(sqlite3_file* file) {
    int held = -1;
    CHECK(file->pMethods->xCheckReservedLock(file, &held) == SQLITE_OK);
    return held;
}

constexpr int kTemp = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXCLUSIVE |
                      SQLITE_OPEN_DELETEONCLOSE | SQLITE_OPEN_TEMP_DB;

/// One random step on a temporary file and on what it should hold.
void step(Asked& temp, Bytes& model, std::mt19937& dice) {
    const auto place = static_cast<std::int64_t>(dice() % 20'000);
    if (dice() % 3 == 0) {
        CHECK(temp.methods().xTruncate(temp.file(), place) == SQLITE_OK);
        if (static_cast<std::size_t>(place) < model.size())
            model.resize(static_cast<std::size_t>(place));
        return;
    }
    const Bytes piece(1 + dice() % 9000, static_cast<std::uint8_t>(1 + dice() % 255));
    REQUIRE(temp.methods().xWrite(temp.file(), piece.data(), static_cast<int>(piece.size()),
                                  place) == SQLITE_OK);
    const auto end = static_cast<std::size_t>(place) + piece.size();
    if (end > model.size()) model.resize(end);
    std::copy(piece.begin(), piece.end(), model.begin() + place);
}

}  // namespace

TEST_SUITE("common/vault/asked") {
    TEST_CASE("a temporary file cut and grown at any place holds what was written, zeros between") {
        Office office;
        Session session = office.enter();
        sqlite3_vfs& vfs = *sqlite3_vfs_find(session.vault->vfs_name());
        for (unsigned seed = 1; seed <= 40; ++seed) {
            CAPTURE(seed);
            std::mt19937 dice(seed);
            Asked temp(vfs, nullptr, kTemp);
            REQUIRE(temp.opened == SQLITE_OK);
            Bytes model;
            for (int i = 0; i < 12; ++i) step(temp, model, dice);
            sqlite3_int64 size = -1;
            CHECK(temp.methods().xFileSize(temp.file(), &size) == SQLITE_OK);
            CHECK(size == static_cast<sqlite3_int64>(model.size()));
            Bytes read(model.size() + 10, 1);
            CHECK(temp.methods().xRead(temp.file(), read.data(), static_cast<int>(read.size()),
                                       0) == SQLITE_IOERR_SHORT_READ);
            model.resize(read.size());
            CHECK(read == model);
            CHECK(temp.methods().xSync(temp.file(), SQLITE_SYNC_FULL) == SQLITE_OK);
        }
    }
    TEST_CASE("who holds the right to write is seen by every other connection, and no longer") {
        Office office;
        Session session = office.enter();
        Sql other(session.vault->database_path(), session.vault->vfs_name());
        sqlite3_file* main = file_of(session, SQLITE_FCNTL_FILE_POINTER);
        CHECK(reserved(main) == 0);
        for (const int level : {SQLITE_LOCK_SHARED, SQLITE_LOCK_RESERVED})
            REQUIRE(main->pMethods->xLock(main, level) == SQLITE_OK);
        CHECK(reserved(main) == 1);
        CHECK(main->pMethods->xUnlock(main, SQLITE_LOCK_SHARED) == SQLITE_OK);
        CHECK(reserved(main) == 0);
        CHECK(main->pMethods->xSectorSize(main) == 4096);
    }
    TEST_CASE("only the database itself has locks and an index: its log has neither") {
        Office office;
        Session session = office.enter();
        REQUIRE(session.exec("CREATE TABLE t(a)") == SQLITE_OK);
        sqlite3_file* log = file_of(session, SQLITE_FCNTL_JOURNAL_POINTER);
        const auto& methods = *log->pMethods;
        CHECK(methods.xLock(log, SQLITE_LOCK_SHARED) == SQLITE_OK);
        CHECK(methods.xUnlock(log, SQLITE_LOCK_NONE) == SQLITE_OK);
        CHECK(reserved(log) == 0);
        void volatile* region = nullptr;
        CHECK(methods.xShmMap(log, 0, 32768, 1, &region) == SQLITE_IOERR_SHMMAP);
        CHECK(methods.xShmLock(log, 0, 1, SQLITE_SHM_LOCK | SQLITE_SHM_SHARED) ==
              SQLITE_IOERR_SHMLOCK);
        methods.xShmBarrier(log);
        CHECK(methods.xShmUnmap(log, 0) == SQLITE_OK);
        CHECK(methods.xDeviceCharacteristics(log) == SQLITE_IOCAP_POWERSAFE_OVERWRITE);
    }
    TEST_CASE("no extension is loaded through a vault, and it says so") {
        Office office;
        Session session = office.enter();
        sqlite3_vfs& vfs = *sqlite3_vfs_find(session.vault->vfs_name());
        const bool opened = vfs.xDlOpen(&vfs, "libc.so.6") != nullptr;
        CHECK_FALSE(opened);
        char words[100] = {};
        vfs.xDlError(&vfs, sizeof words, words);
        CHECK(std::strlen(words) > 0);
        const bool found = vfs.xDlSym(&vfs, nullptr, "malloc") != nullptr;
        CHECK_FALSE(found);
        vfs.xDlClose(&vfs, nullptr);
    }
    TEST_CASE("time, sleep and randomness are those of the system beneath") {
        Office office;
        Session session = office.enter();
        sqlite3_vfs& vfs = *sqlite3_vfs_find(session.vault->vfs_name());
        double day = 0;
        sqlite3_int64 moment = 0;
        CHECK(vfs.xCurrentTime(&vfs, &day) == SQLITE_OK);
        CHECK(vfs.xCurrentTimeInt64(&vfs, &moment) == SQLITE_OK);
        CHECK(day > 2'460'000);  // Julian days: after 2023
        CHECK(static_cast<double>(moment) / 86'400'000 >= day - 1);
        CHECK(vfs.xSleep(&vfs, 1) >= 1);
        char one[16] = {};
        char other[16] = {};
        CHECK(vfs.xRandomness(&vfs, sizeof one, one) == sizeof one);
        vfs.xRandomness(&vfs, sizeof other, other);
        CHECK(std::memcmp(one, other, sizeof one) != 0);
    }
}
