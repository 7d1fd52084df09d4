// What a vault does when nothing goes wrong.
#include <doctest/doctest.h>

#include "tests/unit/common/vault/office.hpp"

using namespace dossier;
using namespace dossier::test;

TEST_SUITE("common/vault/vault") {
    TEST_CASE("what is written is read back after the vault is closed and opened again") {
        Office office;
        {
            Session session = office.enter();
            CHECK(session.exec("CREATE TABLE visit(id INTEGER PRIMARY KEY, note TEXT)") ==
                  SQLITE_OK);
            CHECK(session.exec("INSERT INTO visit VALUES(1,'first'),(2,'second')") == SQLITE_OK);
            CHECK(session.ask("PRAGMA journal_mode") == "wal");
        }
        CHECK_FALSE(office.has("-wal"));
        Session session = office.enter();
        CHECK(session.ask("SELECT * FROM visit") == "1|first\n2|second");
        CHECK(session.ask("PRAGMA integrity_check") == "ok");
        CHECK(session.vault->verify().has_value());
    }
}
