// A table on its side: what is written as a form is read again as the records it holds. Source:
//
#include "common/tabular/turned.hpp"

#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;

namespace {

Table read_form(const std::filesystem::path& path) {
    auto source = open_turned(path, {});
    REQUIRE(source.has_value());
    return read_all(**source);
}

}  // namespace

TEST_SUITE("tabular/turned") {
    TEST_CASE("a form that is written is read again, each column a record") {
        const Scratch scratch;
        for (const char* name : {"form.csv", "form.xlsx"}) {
            const auto path = scratch.path(name);
            auto writer = create_turned(path, {{"客户名称"}, {"传真"}, {"备注"}}, Lang::Zh);
            REQUIRE(writer.has_value());
            for (const auto& cells : {std::vector<std::string>{"明润", "0571-1", "一,二"},
                                      std::vector<std::string>{"康宁", "", "三"}})
                REQUIRE((*writer)->row(cells).has_value());
            REQUIRE((*writer)->finish().has_value());
            const auto table = read_form(path);
            CHECK(table.errors.empty());
            CHECK(table.header == std::vector<std::string>{"客户名称", "传真", "备注"});
            REQUIRE(table.rows.size() == 2);
            CHECK(table.rows[0].cells == std::vector<std::string>{"明润", "0571-1", "一,二"});
            CHECK(table.rows[1].cells == std::vector<std::string>{"康宁", "", "三"});
            CHECK(table.rows[0].number == 2);
        }
    }
    TEST_CASE("a blank form has every item and no record") {
        const Scratch scratch;
        const auto path = scratch.path("blank.csv");
        REQUIRE((*create_turned(path, {{"客户名称"}, {"传真"}}, Lang::En))->finish().has_value());
        const auto table = read_form(path);
        CHECK(table.header == std::vector<std::string>{"客户名称", "传真"});
        CHECK(table.rows.empty());
    }
    TEST_CASE("a form whose first line is an item keeps it") {
        const Scratch scratch;
        const auto path = scratch.path("own.csv");
        std::ofstream(path) << "客户名称,明润\n传真,0571-1\n";
        const auto table = read_form(path);
        CHECK(table.header == std::vector<std::string>{"客户名称", "传真"});
        REQUIRE(table.rows.size() == 1);
        CHECK(table.rows[0].cells == std::vector<std::string>{"明润", "0571-1"});
    }
    TEST_CASE("a form takes fifty records, and one more is refused before anything is written") {
        const Scratch scratch;
        const auto path = scratch.path("wide.csv");
        auto writer = create_turned(path, {{"客户名称"}}, Lang::Zh);
        REQUIRE(writer.has_value());
        const std::vector<std::string> cells{"甲"};
        for (std::size_t at = 0; at < kTurnedRecords; ++at)
            REQUIRE((*writer)->row(cells).has_value());
        CHECK_FALSE((*writer)->row(cells).has_value());
        CHECK_FALSE(std::filesystem::exists(path));
    }
}
