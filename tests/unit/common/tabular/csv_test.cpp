#include "common/tabular/csv.hpp"

#include "common/tabular/faults.hpp"
#include "common/tabular/file_form.hpp"

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
    TEST_CASE("a cell of 10 MB is left out by row and column, the rest of its row is read") {
        const Scratch scratch;
        const std::string big(10'000'000, 'x');
        for (const std::string& cell : {big, "\"" + big + "\""}) {
            const Table table = table_of(scratch.file("x.csv", "a,b\n1," + cell + "\n3,4\n"));
            CHECK(cells_of(table) == Cells{{"1", ""}, {"3", "4"}});
            REQUIRE(table.rows[0].bad.size() == 1);
            const Error& error = table.rows[0].bad[0].error;
            CHECK(error.is(kCellTooLarge));
            CHECK(error.args == std::vector<std::string>{"2", "2", "131072"});
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
        CHECK(cells_of(table) == Cells{{"", "2"}, {"3", "4"}});
        REQUIRE(table.rows[0].bad.size() == 1);
        CHECK(table.rows[0].bad[0].column == 0);
        CHECK(table.rows[0].bad[0].error.is(kTextAfterQuote));
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
        CHECK(error(scratch.file("x.csv", "a,\"b\n1,2\n")).is(kOpenQuote));
    }
    TEST_CASE("what people take for a table is called what it is, whatever its name says") {
        const Scratch scratch;
        const auto error = [&](std::string_view bytes) {
            const auto source = open_table(scratch.file("x.xls", bytes));
            REQUIRE_FALSE(source.has_value());
            return source.error();
        };
        const std::string compound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        const auto wide = [](std::string_view name) {
            std::string text;
            for (const char c : name) text += {c, '\0'};
            return text;
        };
        CHECK(error(compound + " old").is(kOldExcel));
        CHECK(error(compound + std::string(200'000, 'x') + wide("Workbook")).is(kOldExcel));
        // Also where the name lies across two of the reader's pieces.
        for (const std::size_t before : {600U, 65'510U, 65'524U, 200'000U}) {
            CHECK(error(compound + std::string(before, 'x') + wide("EncryptedPackage"))
                      .is(kProtectedWorkbook));
        }
        CHECK(error(std::string("\x09\x08\x08\x00\x00\x05", 6)).is(kOldExcel));
        CHECK(error("<html><body><table><tr><td>客户名称</td></tr></table>").is(kWebPage));
        CHECK(error("\xEF\xBB\xBF\r\n <!DOCTYPE HTML PUBLIC>").is(kWebPage));
        CHECK(error("\xFF\xFE" + wide("<html xmlns:x=\"\">")).is(kWebPage));
        CHECK(error("MIME-Version: 1.0\nX-Document-Type: Workbook").is(kWebPage));
        CHECK(error("<?xml version=\"1.0\"?><Workbook>").is(kOtherForm));
        CHECK(error("%PDF-1.7").is(kOtherForm));
    }
    TEST_CASE("headings below a title, and headings in two rows, are found by what is known") {
        const Scratch scratch;
        ReadOptions options;
        options.known = [](const std::vector<std::string>& cells) {
            return static_cast<std::size_t>(std::ranges::count_if(cells, [](const auto& cell) {
                return cell == "名称" || cell == "电话" || cell == "姓名" || cell == "传真";
            }));
        };
        const auto read = [&](std::string_view text) {
            auto source = open_table(scratch.file("x.csv", text), options);
            REQUIRE(source.has_value());
            return std::pair((*source)->info(), read_all(**source));
        };
        const auto [titled, below] = read("客户明细表,\n,\n名称,电话\n甲,1\n");
        CHECK(titled.header_row == 3);
        CHECK(titled.above == "客户明细表");
        CHECK(below.header == std::vector<std::string>{"名称", "电话"});
        CHECK(cells_of(below) == Cells{{"甲", "1"}});
        CHECK(below.rows.at(0).number == 4);
        const auto [twice, both] = read("基本,,联系,\n名称,备注,电话,传真\n甲,x,1,2\n");
        CHECK(twice.header_row == 2);
        CHECK(cells_of(both) == Cells{{"甲", "x", "1", "2"}});
        const auto [mixed, over] = read("公司,联系,\n,姓名,电话\n甲,乙,1\n");
        CHECK(over.header == std::vector<std::string>{"", "姓名", "电话"});
        const auto [plain, first] = read("甲列,乙列\n1,2\n");
        CHECK(plain.header_row == 1);
        CHECK(cells_of(first) == Cells{{"1", "2"}});
    }
    TEST_CASE("the row of the headings can be named; a row that is not there has none") {
        const Scratch scratch;
        ReadOptions options;
        options.header_row = 3;
        const auto path = scratch.file("x.csv", "a,b\nc,d\ne,f\n1,2\n");
        const Table table = table_of(path, options);
        CHECK(table.header == std::vector<std::string>{"e", "f"});
        CHECK(cells_of(table) == Cells{{"1", "2"}});
        options.header_row = 9;
        const auto none = open_table(path, options);
        REQUIRE_FALSE(none.has_value());
        CHECK(none.error().is(kNoHeader));
    }
}
