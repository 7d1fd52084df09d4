#include "common/catalog/ddl.hpp"

#include <set>

#include <SQLiteCpp/SQLiteCpp.h>
#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"

using namespace dossier;
using namespace dossier::catalog;

namespace {

/// "name type notnull pk" of every column.
std::set<std::string> columns(SQLite::Database& db, const Kind& kind) {
    SQLite::Statement rows(db, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)");
    rows.bind(1, std::string(kind.name));
    std::set<std::string> found;
    while (rows.executeStep()) {
        std::string line;
        for (int column = 0; column < 4; ++column) line += rows.getColumn(column).getString() + ' ';
        found.insert(line);
    }
    return found;
}

SQLite::Database in_memory() {
    return {":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
}

}  // namespace

TEST_SUITE("common/catalog/ddl") {
    TEST_CASE("every kind becomes a table with one column a field and an identity") {
        auto db = in_memory();
        for (const Kind* kind : kinds()) {
            CAPTURE(std::string(kind->name));
            db.exec(create_table(*kind));
            const auto found = columns(db, *kind);
            CHECK(found.size() == all_fields(*kind).size() + 1);
            CHECK(found.contains("id BLOB 1 1 "));
            for (const Field* field : all_fields(*kind)) {
                const std::string line =
                    std::string(field->name) + ' ' + std::string(sql_type(*field)) + " 0 0 ";
                CHECK(found.contains(line));
            }
        }
    }
    TEST_CASE("a table of an older catalog gains what it lacks and becomes the table of this one") {
        for (const Kind* kind : kinds()) {
            auto db = in_memory();
            const Field& kept = *all_fields(*kind).back();
            db.exec("CREATE TABLE \"" + std::string(kind->name) +
                    "\" (\"id\" BLOB NOT NULL PRIMARY KEY, \"" + std::string(kept.name) + "\" " +
                    std::string(sql_type(kept)) + ") STRICT");
            for (const auto& sql : add_columns(*kind, {"id", std::string(kept.name)})) db.exec(sql);
            const auto grown = columns(db, *kind);
            auto fresh = in_memory();
            fresh.exec(create_table(*kind));
            CHECK(grown == columns(fresh, *kind));
        }
    }
    TEST_CASE("a table that is up to date is left alone") {
        std::vector<std::string> existing{"id"};
        for (const Field* field : all_fields(kCustomer)) existing.emplace_back(field->name);
        CHECK(add_columns(kCustomer, existing).empty());
    }
    TEST_CASE("a column refuses a value of another storage class") {
        auto db = in_memory();
        db.exec(create_table(kCustomer));
        CHECK_THROWS_AS(db.exec("INSERT INTO customer(id, assets_fen) VALUES(x'01', 'much')"),
                        SQLite::Exception);
        CHECK_THROWS_AS(db.exec("INSERT INTO customer(id, owner_user_id) VALUES(x'01', 5)"),
                        SQLite::Exception);
        CHECK_THROWS_AS(db.exec("INSERT INTO customer(id) VALUES(NULL)"), SQLite::Exception);
    }
    TEST_CASE("the column list reads a row in tag order") {
        auto db = in_memory();
        db.exec(create_table(kDemandPlan));
        db.exec("INSERT INTO demand_plan(id, created_at, need) VALUES(x'01', 7, '检测仪')");
        SQLite::Statement row(db, "SELECT " + column_list(kDemandPlan) + " FROM demand_plan");
        REQUIRE(row.executeStep());
        CHECK(row.getColumnCount() == static_cast<int>(all_fields(kDemandPlan).size()));
        CHECK(row.getColumn(0).getInt64() == 7);
        CHECK(row.getColumn("need").getString() == "检测仪");
    }
}
