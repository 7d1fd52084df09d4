// RP-17: readings counted from the audit, by file, department and month, and files nobody uses.
// Source.
#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

std::int64_t views_of(const cli::Json& rows, std::string_view name) {
    for (const auto& row : rows) {
        if (row.at("name") == name) return row.at("views").get<std::int64_t>();
    }
    return 0;
}

TEST_SUITE("server/cli/usage") {
    TEST_CASE("each reading counts once for its file, its month and who read") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.has_customer("杭州明润医药有限公司");
        const auto count = [&](std::string_view rest) {
            return counter.type("usage show --as sunli --json " + std::string(rest)).json();
        };
        const auto before = views_of(count(""), "上海精密仪器有限公司");
        counter.type("customer show 精密 --as hanm");
        counter.type("customer show 精密 --as hanm");
        counter.type("customer show 精密 --as lijg");
        const auto rows = count("");
        CHECK(views_of(rows, "上海精密仪器有限公司") == before + 3);
        CHECK(views_of(rows, "杭州明润医药有限公司") == 0);
        CHECK(rows.at(0).at("people").get<int>() >= 2);
        const auto months = count("--by month");
        REQUIRE(months.size() == 1);
        CHECK(months.at(0).at("of") == "2026-03");
        CHECK(count("--from 2026-01-01 --to 2026-01-31").empty());
        CHECK(counter.type("usage show --as lijg").complains("(access.denied)"));
    }
    TEST_CASE("a refused reading is no use of a file") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.marks("精密", 3);
        counter.type("customer show 精密 --as wangf");
        const auto rows = counter.type("usage show --as sunli --json").json();
        for (const auto& row : rows) CHECK(row.at("views").get<int>() == 0);
    }
    TEST_CASE("a file nobody has read for a year is listed until somebody reads it") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto unused = [&] {
            return counter.type("usage unused --as sunli --json").json().size();
        };
        CHECK(unused() == 0);
        counter.clock.advance(std::chrono::hours(24 * 380));
        CHECK(unused() == 1);
        counter.type("customer show 精密 --as hanm");
        CHECK(unused() == 0);
    }
}

}  // namespace
}  // namespace dossier::test
