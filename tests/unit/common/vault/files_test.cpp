// Vaults in real files: several threads, the golden files of former formats, the locked cache.
#include <atomic>
#include <filesystem>
#include <thread>

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/vault/base_file.hpp"
#include "common/vault/page_cache.hpp"

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

struct RealVault {
    Folder folder;
    crypto::SystemRandom random;
    VaultPaths paths{folder.path("dossier.db"), folder.path("dossier.keys")};
    Unlock how = KeyFile{folder.path("key")};

    Session open() {
        auto key = unlock(paths, how);
        REQUIRE(key.has_value());
        auto vault = Vault::open(paths, std::move(*key), random);
        REQUIRE_MESSAGE(vault.has_value(), describe(vault.error(), Lang::En));
        auto sql = std::make_unique<Sql>((*vault)->database_path(), (*vault)->vfs_name());
        auto ready = (*vault)->prepare(sql->handle());
        REQUIRE_MESSAGE(ready.has_value(), describe(ready.error(), Lang::En));
        return Session{std::move(*vault), std::move(sql)};
    }
};

}  // namespace

TEST_SUITE("common/vault/files") {
    TEST_CASE("a vault below a linked folder opens; a link in its own place is not followed") {
        namespace fs = std::filesystem;
        RealVault real;
        fs::create_directory(real.folder.path("there"));
        fs::create_directory_symlink(real.folder.path("there"), real.folder.path("linked"));
        real.paths = {real.folder.path("linked/dossier.db"), real.folder.path("linked/keys")};
        REQUIRE(create(real.paths, real.how, real.random).has_value());
        {
            Session session = real.open();
            REQUIRE(session.exec("CREATE TABLE visit(words); INSERT INTO visit VALUES('kept')") ==
                    SQLITE_OK);
        }
        real.paths.database = real.folder.path("there/dossier.db");
        CHECK(real.open().ask("SELECT words FROM visit") == "kept");
        fs::create_symlink(real.folder.path("there/dossier.db"), real.folder.path("dossier.db"));
        auto key = unlock(real.paths, real.how);
        REQUIRE(key.has_value());
        real.paths.database = real.folder.path("dossier.db");
        CHECK_FALSE(Vault::open(real.paths, std::move(*key), real.random).has_value());
    }

    TEST_CASE("a writer, readers and openers work at once and readers see whole transactions") {
        RealVault real;
        REQUIRE(create(real.paths, real.how, real.random).has_value());
        Session session = real.open();
        REQUIRE(session.exec("CREATE TABLE pair(a, b, pad); INSERT INTO pair VALUES(0, 0, "
                             "randomblob(9000))") == SQLITE_OK);
        const std::string path = session.vault->database_path();
        const char* vfs = session.vault->vfs_name();
        std::atomic<bool> stop{false};
        std::atomic<int> reads{0};
        std::atomic<int> wrong{0};
        const auto look = [&](bool reopens) {
            auto sql = std::make_unique<Sql>(path, vfs);
            while (!stop) {
                if (reopens) sql = std::make_unique<Sql>(path, vfs);
                sqlite3_busy_timeout(sql->handle(), 5000);
                sql->exec("PRAGMA cache_size=2");
                if (sql->ask("SELECT a = b AND length(pad) = 9000 FROM pair") != "1") ++wrong;
                ++reads;
            }
        };
        std::thread reader(look, false);
        std::thread second(look, false);
        std::thread opener(look, true);
        sqlite3_busy_timeout(session.sql->handle(), 5000);
        session.exec("PRAGMA wal_autocheckpoint=10; PRAGMA synchronous=NORMAL");
        int failed = 0;
        for (int i = 1; i <= 400; ++i) {
            const std::string value = std::to_string(i);
            if (session.exec("UPDATE pair SET a=" + value + ", b=" + value +
                             ", pad=randomblob(9000)") != SQLITE_OK) {
                ++failed;
            }
        }
        stop = true;
        reader.join();
        second.join();
        opener.join();
        CHECK(failed == 0);
        CHECK(wrong == 0);
        CHECK(reads > 20);
        CHECK_FALSE(session.vault->last_fault().has_value());
        session = {};
        session = real.open();
        CHECK(session.ask("PRAGMA integrity_check") == "ok");
        CHECK(session.vault->verify().has_value());
    }

    TEST_CASE("another process is refused and learns which one holds the vault") {
        RealVault real;
        REQUIRE(create(real.paths, real.how, real.random).has_value());
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        const pid_t child = fork();
        if (child == 0) {
            auto key = unlock(real.paths, real.how);
            auto vault = Vault::open(real.paths, std::move(*key), real.random);
            const char ready = vault ? 'y' : 'n';
            const bool told = write(ends[1], &ready, 1) == 1;
            if (told) pause();
            _exit(0);
        }
        char ready = 0;
        REQUIRE(read(ends[0], &ready, 1) == 1);
        CHECK(ready == 'y');
        auto refused = Vault::open(real.paths, *unlock(real.paths, real.how), real.random);
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().is(kInUse));
        CHECK(refused.error().args.at(1) == std::to_string(child));
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        close(ends[0]);
        close(ends[1]);
        Session after = real.open();  // a killed holder holds nothing
        CHECK(after.ask("PRAGMA integrity_check") == "ok");
    }

    TEST_CASE("a directory that is missing or not writable is named so") {
        RealVault real;
        const auto refusal = [&](const VaultPaths& paths) {
            return Vault::open(paths, crypto::Secret(32), real.random).error();
        };
        CHECK(refusal(real.paths).is(kMissing));
        CHECK(refusal({real.folder.path("no/d.db"), ""}).is(kNoDirectory));
    }

    TEST_CASE("a file below takes and gives pieces of any size") {
        Folder folder;
        BaseFile file;
        sqlite3_vfs* base = sqlite3_vfs_find("unix");
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MAIN_DB;
        REQUIRE(file.open(*base, folder.path("file"), flags) == SQLITE_OK);
        Bytes bytes(300'000);
        for (std::size_t i = 0; i < bytes.size(); ++i)
            bytes[i] = static_cast<std::uint8_t>(i % 251);
        REQUIRE(file.write(bytes, 10) == SQLITE_OK);
        Bytes read(bytes.size() + 5, 1);
        CHECK(file.read(read.data(), read.size(), 10) == SQLITE_IOERR_SHORT_READ);
        bytes.resize(read.size());
        CHECK(read == bytes);
    }

    TEST_CASE("the files of a vault can be read by their owner alone") {
        RealVault real;
        REQUIRE(create(real.paths, real.how, real.random).has_value());
        Session session = real.open();
        REQUIRE(session.exec("CREATE TABLE t(a)") == SQLITE_OK);
        for (const char* file : {"dossier.db", "dossier.db-wal", "dossier.db-versions",
                                 "dossier.db-lock", "dossier.keys", "key"}) {
            CAPTURE(file);
            const auto mode = std::filesystem::status(real.folder.path(file)).permissions();
            CHECK(static_cast<unsigned>(mode) == 0600U);
        }
    }

    TEST_CASE("vaults of format 1 open for ever, and with them a log that was left behind") {
        RealVault real;
        const std::filesystem::path golden(DOSSIER_GOLDEN);
        for (const auto& file : std::filesystem::directory_iterator(golden)) {
            std::filesystem::copy(file.path(), real.folder.path(file.path().filename().string()));
        }
        std::filesystem::permissions(
            real.folder.path("key"),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        Session session = real.open();
        CHECK(session.ask("SELECT id, note FROM visit ORDER BY id") ==
              "1|在主文件里\n2|in the main file\n3|在日志里\n4|in the log");
        CHECK(session.ask("PRAGMA integrity_check") == "ok");
        CHECK(session.vault->verify().has_value());
        const Unlock phrase = Passphrase{crypto::Secret::copy(bytes_of("golden 口令")), kCostFloor};
        CHECK(unlock(real.paths, phrase).has_value());
        CHECK(unlock(real.paths, RecoveryKey{crypto::key_pair_of(Bytes(32, 9))}).has_value());
    }

    TEST_CASE("the page cache is locked as far as the limit allows, and never twice in use") {
        // SQLite is in use already, so the region is refused and nothing else happens.
        sqlite3_initialize();
        CHECK(lock_page_cache(1024 * 1024) == 0);
        const pid_t child = fork();
        if (child == 0) {
            sqlite3_shutdown();
            const std::size_t locked = lock_page_cache(1024 * 1024);
            sqlite3* db = nullptr;
            const bool works =
                sqlite3_open(":memory:", &db) == SQLITE_OK &&
                sqlite3_exec(db, "CREATE TABLE t(a)", nullptr, nullptr, nullptr) == SQLITE_OK;
            int used = 0;
            int most = 0;
            sqlite3_status(SQLITE_STATUS_PAGECACHE_USED, &used, &most, 0);
            _exit(works && (locked == 0 || used > 0) ? 0 : 1);
        }
        int status = 0;
        waitpid(child, &status, 0);
        CHECK(status == 0);
    }
}
