// A disk that fails: each call in turn, once and for good, in three ways, until a run is clean.
#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;
using namespace dossier::vault;

namespace {

struct Outcome {
    int acknowledged = 0;
    int attempted = 0;
    bool failed = false;
};

std::string transaction(int number) {
    const std::string value = std::to_string(number);
    return "BEGIN; UPDATE row SET value=" + value + "; INSERT INTO log VALUES(" + value +
           ",randomblob(2500)); COMMIT";
}

Outcome work(Office& office) {
    Outcome outcome;
    for (const int until : {4, 8}) {
        auto session = office.open();
        if (!session) {
            outcome.failed = true;
            continue;
        }
        session->exec("PRAGMA wal_autocheckpoint=5; PRAGMA cache_size=3");
        while (outcome.attempted < until) {
            ++outcome.attempted;
            if (session->exec(transaction(outcome.attempted)) == SQLITE_OK) {
                outcome.acknowledged = outcome.attempted;
            } else {
                // Whoever is told of the failure is told its cause.
                CHECK(session->vault->last_fault().has_value());
                outcome.failed = true;
                session->exec("ROLLBACK");
            }
        }
    }
    return outcome;
}

void start_rows(Office& office) {
    Session session = office.enter();
    REQUIRE(session.exec("CREATE TABLE row(id INTEGER PRIMARY KEY, value, pad);"
                         "CREATE TABLE log(number INTEGER PRIMARY KEY, body);"
                         "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<12) "
                         "INSERT INTO row SELECT i, 0, randomblob(900) FROM n;"
                         "INSERT INTO log VALUES(0, NULL)") == SQLITE_OK);
}

void check_after(Office& office, const Outcome& outcome) {
    auto session = office.open();
    REQUIRE_MESSAGE(session.has_value(), describe(session.error(), Lang::En));
    const std::string values = session->ask("SELECT DISTINCT value FROM row");
    CHECK(values.find('\n') == std::string::npos);
    CHECK(values == session->ask("SELECT max(number) FROM log"));
    CHECK(std::atoi(values.c_str()) >= outcome.acknowledged);
    CHECK(session->ask("PRAGMA integrity_check") == "ok");
    CHECK(session->exec(transaction(100)) == SQLITE_OK);
    CHECK(session->vault->verify().has_value());
}

}  // namespace

TEST_SUITE("common/vault/fault") {
    TEST_CASE("whichever call fails, in whichever way, nothing acknowledged is lost") {
        for (const Failure failure : {Failure::Io, Failure::Full, Failure::ShortWrite}) {
            for (const bool for_good : {false, true}) {
                Office office;
                office.version_log_bytes = 256;
                start_rows(office);
                const Disk start = office.vfs.disk.clone();
                int cases = 0;
                for (std::uint64_t at = 1;; ++at, ++cases) {
                    office.vfs.disk = start.clone();
                    office.vfs.power_on();
                    office.vfs.failure = failure;
                    office.vfs.fail_at = at;
                    office.vfs.fails_for_good = for_good;
                    const Outcome outcome = work(office);
                    const bool clean = office.vfs.calls < at;
                    office.vfs.power_on();
                    check_after(office, outcome);
                    if (!clean) continue;
                    CHECK_FALSE(outcome.failed);
                    break;
                }
                CHECK(cases > 80);
            }
        }
    }

    TEST_CASE("a read that fails once is an error then and an answer later") {
        Office office;
        start_rows(office);
        office.vfs.counts_reads = true;
        for (std::uint64_t at = 1;; ++at) {
            office.vfs.power_on();
            office.vfs.fail_at = at;
            auto session = office.open();
            const bool answered =
                session && session->ask("SELECT count(*), sum(length(pad)) FROM row") == "12|10800";
            const bool clean = office.vfs.calls < at;
            session = office.open();
            office.vfs.power_on();
            if (!clean) continue;
            CHECK(answered);
            break;
        }
        office.vfs.power_on();
        CHECK(office.inspect() == "ok ok");
    }

    TEST_CASE("a full disk is named, and after space returns the same connection works") {
        Office office;
        start_rows(office);
        Session session = office.enter();
        office.vfs.failure = Failure::Full;
        office.vfs.fail_at = office.vfs.calls + 1;
        office.vfs.fails_for_good = true;
        CHECK(session.exec(transaction(1)) == SQLITE_FULL);
        const auto fault = session.vault->last_fault();
        REQUIRE(fault.has_value());
        CHECK(fault->is(kDiskFull));
        CHECK_FALSE(session.vault->last_fault().has_value());
        office.vfs.power_on();
        CHECK(session.exec(transaction(2)) == SQLITE_OK);
        CHECK(session.ask("SELECT DISTINCT value FROM row") == "2");
    }

    TEST_CASE("after a save that failed once, in whichever way, the same connection saves again") {
        for (const Failure failure : {Failure::Io, Failure::Full, Failure::ShortWrite}) {
            Office office;
            start_rows(office);
            const Disk start = office.vfs.disk.clone();
            for (std::uint64_t at = 1;; ++at) {
                office.vfs.disk = start.clone();
                office.vfs.power_on();
                Session session = office.enter();
                REQUIRE(session.exec("PRAGMA cache_size=3; PRAGMA cache_spill=1") == SQLITE_OK);
                REQUIRE(session.exec("UPDATE row SET value=3") == SQLITE_OK);
                const auto before = office.vfs.calls;
                // Its frames are in the log already: the next save writes over them.
                session.exec(
                    "BEGIN; WITH n(i) AS (SELECT 500 UNION ALL SELECT i+1 FROM n WHERE i<560) "
                    "INSERT INTO log SELECT i, randomblob(2500) FROM n; ROLLBACK");
                CHECK(office.vfs.calls > before + 20);
                office.vfs.failure = failure;
                office.vfs.fail_at = office.vfs.calls + at;
                const bool saved = session.exec(transaction(1)) == SQLITE_OK;
                if (!saved) session.exec("ROLLBACK");
                office.vfs.fail_at = 0;
                CHECK(session.exec(transaction(2)) == SQLITE_OK);
                CHECK(session.ask("SELECT DISTINCT value FROM row") == "2");
                if (saved) break;
            }
        }
    }

    TEST_CASE("creation fails cleanly at every call and then succeeds") {
        Office office;
        for (std::uint64_t at = 1;; ++at) {
            office.vfs.disk = {};
            office.vfs.power_on();
            office.vfs.fail_at = at;
            const auto made =
                create_database(office.database(), office.key(), office.random, office.below());
            const bool clean = office.vfs.calls < at;
            CHECK(made.has_value() == clean);
            office.vfs.power_on();
            if (clean) break;
            CHECK(create_database(office.database(), office.key(), office.random, office.below())
                      .has_value());
            CHECK(office.inspect() == "ok ok");
        }
    }
}
