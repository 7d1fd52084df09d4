#include "common/tabular/csv.hpp"

#include "common/tabular/faults.hpp"

#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;
using Cells = std::vector<std::vector<std::string>>;

TEST_SUITE("common/tabular/csv") {
    TEST_CASE("quotes hold separators, line ends and doubled quotes") {
        const Scratch scratch;
        const Table table =
            table_of(scratch.file("x.csv", "a,b\n\"1,\r\n2\",\"say \"\"hi\"\"\"\n5\" pipe,\"\"\n"));
        CHECK(table.header == std::vector<std::string>{"a", "b"});
        CHECK(cells_of(table) == Cells{{"1,\r\n2", "say \"hi\""}, {"5\" pipe", ""}});
    }
    TEST_CASE("the separator and the line end are found out, the last line may lack one") {
        const Scratch scratch;
        const Cells expected{{"1", "2"}, {"3", "4"}};
        for (const std::string separator : {",", ";", "\t"}) {
            for (const std::string end : {"\n", "\r\n", "\r"}) {
                const std::string text = "x" + separator + "y" + end + "1" + separator + "2" + end +
                                         "3" + separator + "4";
                CAPTURE(separator);
                auto source = open_table(scratch.file("x.csv", text));
                REQUIRE(source.has_value());
                CHECK((*source)->info().separator == separator[0]);
                CHECK(cells_of(read_all(**source)) == expected);
                CHECK(cells_of(table_of(scratch.file("x.csv", text + end))) == expected);
            }
        }
        const Table one = table_of(scratch.file("x.csv", "\"a;b;c\",d\n1,2\n"));
        CHECK(one.header == std::vector<std::string>{"a;b;c", "d"});
    }
    TEST_CASE("rows are numbered as a spreadsheet shows them; empty ones count and are skipped") {
        const Scratch scratch;
        const Table table = table_of(scratch.file("x.csv", "\na,b\n\n1,\"2\n2\"\n,\n3,4\n"));
        REQUIRE(table.rows.size() == 2);
        CHECK(table.rows[0].number == 4);
        CHECK(table.rows[1].number == 6);
        CHECK(table.errors.empty());
    }
    TEST_CASE("a row of another width is reported with its number and does not stop the others") {
        const Scratch scratch;
        const Table table =
            table_of(scratch.file("x.csv", "a,b,c,,\n1,2\n1,2,3,,,\n1,2,3,4\n5,6,7\n"));
        CHECK(cells_of(table) == Cells{{"1", "2", "3"}, {"5", "6", "7"}});
        REQUIRE(table.errors.size() == 2);
        CHECK(table.errors[0].is(kRaggedRow));
        CHECK(table.errors[0].args == std::vector<std::string>{"2", "3", "2"});
        CHECK(table.errors[1].args == std::vector<std::string>{"4", "3", "4"});
    }
    TEST_CASE("a cell of 10 MB is refused by row and column, the rows after it are read") {
        const Scratch scratch;
        const std::string big(10'000'000, 'x');
        for (const std::string& cell : {big, "\"" + big + "\""}) {
            const Table table = table_of(scratch.file("x.csv", "a,b\n1," + cell + "\n3,4\n"));
            REQUIRE(table.errors.size() == 1);
            CHECK(table.errors[0].is(kCellTooLarge));
            CHECK(table.errors[0].args == std::vector<std::string>{"2", "2", "1048576"});
            CHECK(cells_of(table) == Cells{{"3", "4"}});
        }
    }
    TEST_CASE("a quote that is never closed names the row it was opened in") {
        const Scratch scratch;
        auto source = open_table(
            scratch.file("x.csv", "a,b\n1,2\n3,\"4\n" + std::string(3'000'000, 'z') + "\n5,6\n"));
        REQUIRE(source.has_value());
        const Table table = read_all(**source);
        CHECK(cells_of(table) == Cells{{"1", "2"}});
        REQUIRE(table.errors.size() == 1);
        CHECK(table.errors[0].is(kOpenQuote));
        CHECK(table.errors[0].args[0] == "3");
        CHECK((*source)->cut_short());
    }
    TEST_CASE("text after a closing quote is reported, not glued to it") {
        const Scratch scratch;
        const Table table = table_of(scratch.file("x.csv", "a,b\n\"1\"x,2\n3,4\n"));
        REQUIRE(table.errors.size() == 1);
        CHECK(table.errors[0].is(kTextAfterQuote));
        CHECK(cells_of(table) == Cells{{"3", "4"}});
    }
    TEST_CASE("too many columns, rows or bytes are refused in words") {
        const Scratch scratch;
        ReadOptions options;
        options.limits.columns = 3;
        const Table wide = table_of(scratch.file("x.csv", "a,b\n1,2\n1,2,3,4\n5,6\n"), options);
        REQUIRE(wide.errors.size() == 1);
        CHECK(wide.errors[0].is(kTooManyColumns));
        CHECK(cells_of(wide) == Cells{{"1", "2"}, {"5", "6"}});

        options.limits.rows = 2;
        auto source = open_table(scratch.file("x.csv", "a\n1\n2\n3\n4\n"), options);
        REQUIRE(source.has_value());
        const Table long_table = read_all(**source);
        CHECK(long_table.rows.size() == 2);
        REQUIRE(long_table.errors.size() == 1);
        CHECK(long_table.errors[0].is(kTooManyRows));
        CHECK(long_table.errors[0].args[0] == "4");
        CHECK((*source)->cut_short());

        options.limits.file_bytes = 4;
        const auto large = open_table(scratch.path("x.csv"), options);
        REQUIRE_FALSE(large.has_value());
        CHECK(large.error().is(kFileTooLarge));
    }
    TEST_CASE("files that are no table say why") {
        const Scratch scratch;
        const auto error = [&](const std::filesystem::path& path) {
            const auto source = open_table(path);
            REQUIRE_FALSE(source.has_value());
            return source.error();
        };
        CHECK(error(scratch.path("absent.csv")).is(kCannotOpen));
        CHECK(error(scratch.path("")).is(kCannotOpen));
        CHECK(error(scratch.file("x.csv", "")).is(kNoHeader));
        CHECK(error(scratch.file("x.csv", "\n,,\n")).is(kNoHeader));
        CHECK(error(scratch.file("x.xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old")).is(kOldExcel));
        CHECK(error(scratch.file("x.csv", "a,\"b\n1,2\n")).is(kOpenQuote));
    }
}
