// The larger operations of SQLite on a vault, and equality with plain SQLite under random work.
#include <algorithm>
#include <random>

#include <doctest/doctest.h>
#include <unistd.h>

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

constexpr const char* kRows =
    "CREATE TABLE t(id INTEGER PRIMARY KEY, body BLOB);"
    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<200) "
    "INSERT INTO t SELECT i, randomblob(600) FROM n";

int copy(sqlite3* from, sqlite3* to) {
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", from, "main");
    if (backup == nullptr) return sqlite3_extended_errcode(to);
    sqlite3_backup_step(backup, -1);
    return sqlite3_backup_finish(backup);
}

std::string digest(Sql& sql) {
    return sql.ask("SELECT count(*), sum(id), sum(length(body)), hex(max(body)) FROM t");
}

/// One statement of a random walk over table `w(k INTEGER PRIMARY KEY, v)`.
std::string random_statement(std::mt19937& dice) {
    const std::string key = std::to_string(dice() % 400);
    switch (dice() % 12) {
        case 0:
            return "DELETE FROM w WHERE k % 17 = " + std::to_string(dice() % 17);
        case 1:
            return "UPDATE w SET v = substr(v || v, 1, 3000) WHERE k > " + key;
        case 2:
            return "BEGIN";
        case 3:
            return "COMMIT";
        case 4:
            return "ROLLBACK";
        case 5:
            return "SAVEPOINT s";
        case 6:
            return "ROLLBACK TO s";
        case 7:
            return dice() % 8 == 0 ? "VACUUM" : "PRAGMA wal_checkpoint(RESTART)";
        case 8:
            return dice() % 2 == 0 ? "CREATE INDEX IF NOT EXISTS i ON w(v)"
                                   : "DROP INDEX IF EXISTS i";
        default:
            return "INSERT OR REPLACE INTO w VALUES(" + key + ",'" +
                   std::string(dice() % 1500, static_cast<char>('a' + dice() % 26)) + "')";
    }
}

}  // namespace

TEST_SUITE("common/vault/operations") {
    TEST_CASE("VACUUM shrinks the file and keeps every row") {
        Office office;
        Session session = office.enter();
        REQUIRE(session.exec(kRows) == SQLITE_OK);
        REQUIRE(session.exec("DELETE FROM t WHERE id % 4") == SQLITE_OK);
        const std::string before = digest(*session.sql);
        session.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        const std::size_t size = office.bytes("").size();
        REQUIRE(session.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
        CHECK(office.bytes("").size() < size / 2);
        CHECK(digest(*session.sql) == before);
        CHECK(session.vault->verify().has_value());
        session = {};
        CHECK(office.inspect() == "ok ok");
    }

    TEST_CASE("the lock-byte page, which SQLite never writes, is sealed and no damage") {
        // SQLite's own test hook moves that page from 1 GiB to 64 KiB: page 17.
        const int usual = sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, 0x10000);
        {
            Office office;
            Session session = office.enter();
            REQUIRE(session.exec(kRows) == SQLITE_OK);
            REQUIRE(session.exec("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
            const auto page = office.bytes("").begin() + 16 * 4096;
            CHECK_FALSE(std::all_of(page, page + 4096, [](auto byte) { return byte == 0; }));
            CHECK(session.vault->verify().has_value());
            CHECK(session.exec("DELETE FROM t WHERE id % 3; VACUUM") == SQLITE_OK);
            session = {};
            CHECK(office.inspect() == "ok ok");
        }
        sqlite3_test_control(SQLITE_TESTCTRL_PENDING_BYTE, usual);
    }

    TEST_CASE("auto_vacuum works once VACUUM has set it") {
        Office office;
        Session session = office.enter();
        REQUIRE(session.exec("PRAGMA auto_vacuum=INCREMENTAL; VACUUM; PRAGMA cache_size=5") ==
                SQLITE_OK);
        REQUIRE(session.exec(kRows) == SQLITE_OK);
        REQUIRE(session.exec("DELETE FROM t WHERE id > 20; PRAGMA incremental_vacuum") ==
                SQLITE_OK);
        CHECK(session.ask("PRAGMA freelist_count") == "0");
        session = {};
        CHECK(office.inspect() == "ok ok");
    }

    TEST_CASE("the backup interface copies one vault into another under another key") {
        Office from;
        Office to("other");
        Session source = from.enter();
        Session target = to.enter();
        REQUIRE(source.exec(kRows) == SQLITE_OK);
        CHECK(copy(source.sql->handle(), target.sql->handle()) == SQLITE_OK);
        CHECK(digest(*target.sql) == digest(*source.sql));
        target = {};
        CHECK(to.inspect() == "ok ok");
        CHECK(digest(*to.enter().sql) == digest(*source.sql));
    }

    TEST_CASE("pages of an unencrypted database are not copied into a vault") {
        Office office;
        Session session = office.enter();
        Sql plain(":memory:", "unix");
        REQUIRE(plain.exec(kRows) == SQLITE_OK);
        CHECK(copy(plain.handle(), session.sql->handle()) != SQLITE_OK);
        session = {};
        CHECK(office.inspect() == "ok ok");
    }

    TEST_CASE("no other file is opened through a vault, and its geometry stays") {
        Office office;
        Session session = office.enter();
        REQUIRE(session.exec(kRows) == SQLITE_OK);
        CHECK(session.exec("VACUUM INTO '" + office.database() + "2'") == SQLITE_CANTOPEN);
        CHECK(session.vault->last_fault()->is(kForeignFile));
        CHECK(session.exec("ATTACH '" + office.database() + "2' AS other") == SQLITE_CANTOPEN);
        CHECK_FALSE(office.has("2"));
        for (const char* pragma : {"PRAGMA journal_mode=DELETE", "PRAGMA journal_mode=MEMORY",
                                   "PRAGMA journal_mode=OFF", "PRAGMA page_size=8192"}) {
            CHECK(session.exec(pragma) == SQLITE_ERROR);
        }
        CHECK(session.exec("PRAGMA journal_mode=WAL; PRAGMA page_size=4096") == SQLITE_OK);
        session.exec("PRAGMA mmap_size=10000000");
        CHECK(session.ask("PRAGMA mmap_size") == "");
        CHECK_FALSE(office.has("-journal"));
        CHECK_FALSE(office.has("-shm"));
    }

    TEST_CASE("a database with another application id is not ours") {
        Office office;
        CHECK(office.enter().exec("PRAGMA application_id=5") == SQLITE_OK);
        CHECK(office.inspect() == kNotDossier.id);
    }

    TEST_CASE("a second opening is refused and names the process that holds the vault") {
        Office office;
        Session session = office.enter();
        const auto second = office.open();
        REQUIRE_FALSE(second.has_value());
        CHECK(second.error().is(kInUse));
        CHECK(second.error().args.at(1) == std::to_string(getpid()));
        session = {};
        CHECK(office.open().has_value());
    }

    TEST_CASE("the mark keeps its identity and grows with every checkpoint") {
        Office office;
        const Mark first = office.enter().vault->mark();
        Session session = office.enter();
        REQUIRE(session.exec(kRows) == SQLITE_OK);
        REQUIRE(session.exec("PRAGMA wal_checkpoint(TRUNCATE)") == SQLITE_OK);
        CHECK(session.vault->mark().vault == first.vault);
        CHECK(session.vault->mark().generation > first.generation);
        CHECK(session.vault->mark().digest != first.digest);
    }

    TEST_CASE("random work gives the same answers as plain SQLite") {
        for (unsigned seed = 1; seed <= 12; ++seed) {
            CAPTURE(seed);
            Office office;
            Session ours = office.enter();
            Sql plain(":memory:", "unix");
            std::mt19937 dice(seed);
            const std::string create = "CREATE TABLE w(k INTEGER PRIMARY KEY, v)";
            REQUIRE(ours.exec(create) == plain.exec(create));
            ours.exec("PRAGMA cache_size=4; PRAGMA wal_autocheckpoint=15");
            for (int step = 0; step < 250; ++step) {
                const std::string sql = random_statement(dice);
                const bool same = (ours.exec(sql) == SQLITE_OK) == (plain.exec(sql) == SQLITE_OK);
                const bool log_only = sql.rfind("PRAGMA", 0) == 0;
                CHECK_MESSAGE((same || log_only), sql.substr(0, 60));
                if (step % 50 == 49) {
                    if (sqlite3_get_autocommit(ours.sql->handle()) != 0) {
                        ours = {};
                        ours = office.enter();
                        ours.exec("PRAGMA cache_size=4; PRAGMA wal_autocheckpoint=15");
                    }
                    const std::string all = "SELECT count(*), sum(k), group_concat(v) FROM w";
                    CHECK(ours.ask(all) == plain.ask(all));
                    CHECK(ours.ask("PRAGMA integrity_check") == "ok");
                }
            }
        }
    }
}
