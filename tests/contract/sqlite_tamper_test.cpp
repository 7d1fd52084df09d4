// What `verify` of the SQLite store says when somebody changed the database behind its back.
#include <doctest/doctest.h>

#include "tests/contract/store_contract.hpp"
#include "tests/support/temp_store.hpp"

using namespace dossier;
using namespace dossier::server;
using namespace dossier::server::contract;

namespace {

Status verdict(Store& store) {
    Unit unit(store);
    return store.verify([](std::string_view) {});
}

void fill_with_three(Store& store) {
    Unit unit(store);
    for (std::uint64_t i = 1; i <= 3; ++i) {
        const auto fields = values(catalog::kCustomer, {{"name", "明润" + std::to_string(i)},
                                                        {"fax", "0571-88990011"},
                                                        {"id_no", "11010519491231002X"}});
        const Place place = add_customer(store, i, fields);
        for (const Facet facet : {Facet::Directory, Facet::Main, Facet::Masked}) {
            const Digest hash = store.facet(place.record, facet)->hash;
            store.put_in_scope(own(1), place, facet, std::nullopt, hash);
        }
        store.append_audit({.at = {1'700'000'000'000}, .action = "create", .detail = "1"});
    }
    store.take_from_scope(own(1), {catalog::kCustomer.tag, record(2), record(2)}, Facet::Main,
                          store.facet(record(2), Facet::Main)->hash);
    unit.commit();
}

/// The verdict after `sql` was run on a healthy store.
Status after(const std::string& sql) {
    test::TempStore store;
    fill_with_three(*store);
    REQUIRE(verdict(*store).has_value());
    {
        sqlite::Connection db({.path = store.path(), .vfs = {}});
        db.exec(sql);
        CHECK(db.changes_total() > 0);
    }
    store.reopen();
    return verdict(*store);
}

bool names(const Status& status, std::string_view what) {
    return !status && status.error().is(kMisfit) &&
           status.error().args.at(1).find(what) != std::string::npos;
}

}  // namespace

TEST_SUITE("server/store/sqlite/verify") {
    TEST_CASE("any change to any column of the audit breaks the chain") {
        for (const std::string column : {"at_ms", "client_at_ms"}) {
            const auto sql = "UPDATE office_audit SET " + column + "=" + column + "+1 WHERE seq=2";
            CHECK_MESSAGE(names(after(sql), "audit line 2"), column);
        }
        for (const std::string column : {"user", "device", "record", "hash"}) {
            const auto sql = "UPDATE office_audit SET " + column + "=CAST(x'01' || substr(" +
                             column + ",2) AS BLOB) WHERE seq=2";
            CHECK_MESSAGE(names(after(sql), "audit line"), column);
        }
        for (const std::string column :
             {"action", "entity", "fields", "purpose", "result", "detail"}) {
            const auto sql =
                "UPDATE office_audit SET " + column + "=" + column + "||'x' WHERE seq=2";
            CHECK_MESSAGE(names(after(sql), "audit line 2"), column);
        }
        CHECK(names(after("DELETE FROM office_audit WHERE seq=2"), "audit line 2 is missing"));
        CHECK(names(after("DELETE FROM office_audit WHERE seq=1"), "audit line 1 is missing"));
    }
    TEST_CASE("a value changed without the door no longer matches its facet's hash") {
        CHECK(names(after("UPDATE customer SET fax='1' WHERE name='明润2'"), "facet"));
        CHECK(names(after("UPDATE customer SET name='x' WHERE name='明润2'"), "facet"));
        CHECK(names(after("UPDATE office_facet SET fv=fv+1 WHERE facet=2"), "facet"));
    }
    TEST_CASE("the middle a laptop never sees takes no part in the hash of a masked facet") {
        CHECK(after("UPDATE customer SET id_no='110999999999990' || '02X'").has_value());
    }
    TEST_CASE("a scope that does not add up is named") {
        CHECK(names(after("UPDATE office_scope SET count=count+1"), "number of facets"));
        CHECK(names(after("UPDATE office_scope SET sseq=sseq+1"), "last number"));
        CHECK(names(after("UPDATE office_scope SET set_hash=zeroblob(32)"), "set hash"));
        CHECK(names(after("UPDATE office_scope_log SET present=1 WHERE NOT present"), "set hash"));
        CHECK(names(after("DELETE FROM office_scope_log WHERE sseq=1"), "set hash"));
    }
    TEST_CASE("rows without a place, places without a row and records without history are named") {
        CHECK(names(after("DELETE FROM customer WHERE name='明润1'"), "without a row"));
        CHECK(names(after("DELETE FROM office_record WHERE id=(SELECT min(id) FROM customer)"),
                    "without a place"));
        CHECK(names(after("UPDATE office_record SET customer=x'00'"), "customer does not exist"));
        CHECK(names(after("DELETE FROM office_journal WHERE seq=1"), "journal"));
    }
    TEST_CASE("a record that names one of a kind its field may not name is named") {
        const auto one = std::string("(SELECT id FROM customer WHERE name='明润1')");
        CHECK(names(after("UPDATE customer SET owner_user_id=" + one + " WHERE name='明润2'"),
                    "owner_user_id names a record of another kind"));
        CHECK_FALSE(
            names(after("UPDATE customer SET referrer_customer_id=" + one + " WHERE name='明润2'"),
                  "names a record of another kind"));
        CHECK_FALSE(names(after("UPDATE customer SET owner_user_id=x'ff' WHERE name='明润2'"),
                          "names a record of another kind"));
    }
    TEST_CASE("a database of another program is refused and left alone") {
        test::TempStore store;
        const std::string path = (store.folder() / "other.db").string();
        {
            sqlite::Connection db({.path = path, .vfs = {}});
            db.exec("CREATE TABLE photos(id INTEGER PRIMARY KEY)");
        }
        const auto opened = open_plain_store({.path = path});
        REQUIRE_FALSE(opened.has_value());
        CHECK(opened.error().is(kForeignDatabase));
        sqlite::Connection db({.path = path, .vfs = {}});
        auto tables = db.prepared("SELECT count(*) FROM sqlite_schema");
        REQUIRE(tables.step());
        CHECK(tables.number(0) == 1);
    }
}
