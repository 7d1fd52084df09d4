// Every step of both schemas leads to the shape a new database has, and takes no row away.
#include <doctest/doctest.h>

#include "common/catalog/customer.hpp"
#include "common/sqlite/migrate.hpp"

#include "client/store/schema.hpp"
#include "client/store/store.hpp"
#include "server/store/sqlite/open.hpp"
#include "server/store/sqlite/schema.hpp"
#include "tests/integration/former/golden.hpp"

namespace dossier::test {
namespace {

constexpr std::int32_t kApplicationId = 0x44535231;

/// A database as a program left it that knew `known` steps and one field of a customer less.
void leave(const std::filesystem::path& path, std::span<const std::string_view> known) {
    sqlite::Connection db({.path = path.string(), .vfs = {}});
    REQUIRE(sqlite::migrate(db, known, kApplicationId));
    db.exec("INSERT INTO customer(id, name, fax) VALUES(x'01', '明润', '0571')");
    db.exec("ALTER TABLE customer DROP COLUMN fax");
}

/// Its shape after `open` has been there, and whether the row is as it was.
template <class Open>
std::vector<std::string> shape_after(const std::filesystem::path& path, Open open) {
    REQUIRE(open(path.string()).has_value());
    sqlite::Connection db({.path = path.string(), .vfs = {}});
    {
        auto row = db.prepared("SELECT name, fax FROM customer");
        while (row.step()) {
            CHECK(row.text(0) == "明润");
            CHECK(row.is_null(1));
        }
    }
    return shape_of(db);
}

template <class Open>
void check_steps(std::span<const std::string_view> steps, Open open) {
    const Scratch scratch;
    const auto fresh = shape_after(scratch / "fresh.db", open);
    for (std::size_t known = 1; known <= steps.size(); ++known) {
        CAPTURE(known);
        const auto path = scratch / (std::to_string(known) + ".db");
        leave(path, steps.first(known));
        CHECK(shape_after(path, open) == fresh);
    }
}

}  // namespace

TEST_SUITE("integration/former/steps") {
    TEST_CASE("a laptop's database of any step becomes one of the present, its rows with it") {
        check_steps(client::kSchema, [](const std::string& path) {
            return client::Store::open(sqlite::OpenOptions{.path = path, .vfs = ""});
        });
    }
    TEST_CASE("an office's database of any step becomes one of the present, its rows with it") {
        check_steps(server::kOfficeSteps, [](const std::string& path) {
            return server::open_plain_store({.path = path});
        });
    }
}

}  // namespace dossier::test
