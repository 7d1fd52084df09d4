#include "common/sqlite/record_table.hpp"

#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"

using namespace dossier;
using catalog::kCustomer;

TEST_SUITE("common/sqlite/record_table") {
    TEST_CASE("a record is made once: what is there stays as it is") {
        sqlite::Connection db({.path = ":memory:"});
        sqlite::create_record_tables(db);
        const auto name = catalog::field(kCustomer, "name").tag;
        const auto fax = catalog::field(kCustomer, "fax").tag;
        RecordId id;
        id.bytes[0] = 1;
        FieldValues first;
        assign(first, name, std::string("杭州明润"));
        FieldValues second;
        assign(second, fax, std::string("0571-1"));

        CHECK(sqlite::insert_record(db, kCustomer, id, first));
        CHECK(sqlite::load_record(db, kCustomer, id) == first);
        CHECK_FALSE(sqlite::insert_record(db, kCustomer, id, second));
        CHECK(sqlite::load_record(db, kCustomer, id) == first);

        sqlite::store_record(db, kCustomer, id, second);
        CHECK(sqlite::load_record(db, kCustomer, id) == second);
        CHECK(sqlite::erase_record(db, kCustomer, id));
        CHECK_FALSE(sqlite::load_record(db, kCustomer, id).has_value());
    }
    TEST_CASE("an empty text is a value, a missing one is none") {
        sqlite::Connection db({.path = ":memory:"});
        sqlite::create_record_tables(db);
        RecordId id;
        id.bytes[0] = 2;
        FieldValues values;
        assign(values, catalog::field(kCustomer, "name").tag, std::string());
        sqlite::store_record(db, kCustomer, id, values);
        CHECK(sqlite::load_record(db, kCustomer, id) == values);
    }
}
