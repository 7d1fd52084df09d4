#include <rapidcheck.h>

#include "common/tabular/csv.hpp"
#include "common/tabular/writer.hpp"

#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;
using Cells = std::vector<std::vector<std::string>>;

namespace {

/// Texts of the characters that make CSV hard.
rc::Gen<std::string> hard_text() {
    const auto piece = rc::gen::element<std::string>("=", "'", "+", "-", "@", "＝", "＠", "\t",
                                                     "\r", "\n", "\"", ",", ";", "a", "7", ".", " ",
                                                     "客", "𠮷", std::string(1, '\0'));
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& pieces) {
                            std::string text;
                            for (const std::string& each : pieces) text += each;
                            return text;
                        });
}

void write(const std::filesystem::path& path, std::vector<Column> columns, const Cells& rows) {
    std::filesystem::remove(path);  // of the round before
    auto writer = create_table(path, std::move(columns));
    REQUIRE(writer.has_value());
    for (const auto& row : rows) REQUIRE((*writer)->row(row).has_value());
    REQUIRE((*writer)->finish().has_value());
}

}  // namespace

TEST_SUITE("common/tabular/formula") {
    TEST_CASE("a text that could be taken for a formula is guarded, every other is left alone") {
        for (const std::string text : {"=1+1", "+86 571", "-12.5", "@SUM(A1)", "\tx", "\r", "\nx",
                                       "＝1", "＋1", "－1", "＠1", "'=1", "''@x"}) {
            CHECK(neutralise(text) == "'" + text);
        }
        CHECK(neutralise(std::string_view("\0x", 2)) == std::string("'\0x", 3));
        for (const std::string text : {"", "a=1", "12", "'", "''", "'tis", "杭州", "1-2"}) {
            CHECK(neutralise(text) == text);
            CHECK(restore(text) == text);
        }
    }
    TEST_CASE("only what is digits through and through counts as a number") {
        for (const char* text : {"0", "-12.5", "007", "13800138000", "0.10"})
            CHECK(is_plain_number(text));
        for (const char* text :
             {"", "-", "+1", "1.", ".5", "1e5", "1,000", "-1+2", "--1", "=1", "-1\n"}) {
            CHECK_FALSE(is_plain_number(text));
        }
    }
    TEST_CASE("numbers of a number column stay numbers, formulas in it do not pass") {
        const Scratch scratch;
        write(scratch.path("x.csv"), {{"=title"}, {"额度", CellType::Number}},
              {{"-12.5", "-12.5"}, {"=1", "-1+cmd|' /C calc'!A0"}});
        CHECK(scratch.content("x.csv") ==
              "\xEF\xBB\xBF'=title,额度\r\n'-12.5,-12.5\r\n'=1,'-1+cmd|' /C calc'!A0\r\n");
        CHECK(cells_of(table_of(scratch.path("x.csv"))) ==
              Cells{{"-12.5", "-12.5"}, {"=1", "-1+cmd|' /C calc'!A0"}});
        ReadOptions raw;
        raw.restore_formulas = false;
        CHECK(table_of(scratch.path("x.csv"), raw).rows[1].cells[0] == "'=1");
    }
    TEST_CASE("every text comes back from its guard unchanged") {
        CHECK(rc::check([] {
            const std::string text = *hard_text();
            RC_ASSERT(restore(neutralise(text)) == text);
        }));
    }
    TEST_CASE("every table comes back from CSV unchanged") {
        const Scratch scratch;
        CHECK(rc::check([&] {
            const auto width = *rc::gen::inRange<std::size_t>(1, 5);
            const auto row = rc::gen::container<std::vector<std::string>>(width, hard_text());
            auto rows = *rc::gen::container<Cells>(row);
            // A row without any text is no row of a table.
            for (auto& each : rows) each.front() += "x";
            std::vector<Column> columns(width, Column{"列"});
            write(scratch.path("x.csv"), columns, rows);
            const Table table = table_of(scratch.path("x.csv"));
            RC_ASSERT(table.errors.empty());
            RC_ASSERT(table.header.size() == width);
            RC_ASSERT(cells_of(table) == rows);
        }));
    }
}
