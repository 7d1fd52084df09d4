#include "common/sqlite/connection.hpp"

#include <doctest/doctest.h>

using namespace dossier;

namespace {

constexpr std::int64_t kNormal = 1;
constexpr std::int64_t kFull = 2;

std::int64_t ask(sqlite::Connection& db, std::string_view sql) {
    auto row = db.prepared(sql);
    REQUIRE(row.step());
    return row.number(0);
}

}  // namespace

TEST_SUITE("common/sqlite/connection") {
    TEST_CASE("only what is written in bulk is written without a sync of each commit") {
        sqlite::Connection db({.path = ":memory:"});
        CHECK(ask(db, "PRAGMA synchronous") == kFull);
        const auto pages = ask(db, "PRAGMA wal_autocheckpoint");
        {
            const sqlite::Bulk bulk(db);
            CHECK(ask(db, "PRAGMA synchronous") == kNormal);
            CHECK(ask(db, "PRAGMA wal_autocheckpoint") > pages);
        }
        CHECK(ask(db, "PRAGMA synchronous") == kFull);
        CHECK(ask(db, "PRAGMA wal_autocheckpoint") == pages);
    }
    TEST_CASE("a statement is broken off where patience ends, and only while somebody has some") {
        sqlite::Connection db({.path = ":memory:"});
        const std::string_view long_walk =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<1000) "
            "SELECT count(*) FROM n";
        const auto asked = [&](int steps) {
            const sqlite::Patience patience(db, steps);
            auto once = db.once(long_walk);
            return once.rows().try_step();
        };
        CHECK(!asked(100));
        CHECK(asked(1'000'000) == true);
        CHECK(asked(0) == true);
        CHECK(ask(db, long_walk) == 1000);
    }
    TEST_CASE("a bulk that ends by a throw leaves its unfinished transaction undone and is over") {
        sqlite::Connection db({.path = ":memory:"});
        db.exec("CREATE TABLE t(a INTEGER NOT NULL)");
        const auto fail_inside = [&] {
            const sqlite::Bulk bulk(db);
            sqlite::Transaction tx(db);
            db.exec("INSERT INTO t VALUES(1)");
            db.exec("INSERT INTO t VALUES(NULL)");
            tx.commit();
        };
        CHECK_THROWS(fail_inside());
        CHECK(ask(db, "SELECT count(*) FROM t") == 0);
        CHECK(ask(db, "PRAGMA synchronous") == kFull);
    }
}
