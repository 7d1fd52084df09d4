#include "common/tabular/encoding.hpp"

#include <array>

#include "common/tabular/faults.hpp"

#include "tests/unit/common/tabular/encoded.hpp"
#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;

namespace {

using Cells = std::vector<std::vector<std::string>>;

constexpr std::string_view kPlain =
    "客户名称,联系人,备注\r\n"
    "杭州明润机械有限公司,单晓燕,\"重庆、長沙\n𠮷野家\"\r\n"
    "café,Ωmega,€100\r\n";

std::filesystem::path shared(std::string_view name) {
    const char* given = std::getenv("DOSSIER_SHARED");
    return std::filesystem::path(given != nullptr ? given : DOSSIER_SHARED) / "data" / name;
}

}  // namespace

TEST_SUITE("common/tabular/encoding") {
    TEST_CASE("the same table in every encoding gives the same rows, and the encoding is named") {
        const Scratch scratch;
        const struct {
            std::string name;
            std::string bytes;
        } files[] = {{"UTF-8", std::string(kPlain)},
                     {"UTF-8 (BOM)", "\xEF\xBB\xBF" + std::string(kPlain)},
                     {"UTF-16LE", "\xFF\xFE" + encoded(kPlain, "UTF-16LE")},
                     {"UTF-16BE", "\xFE\xFF" + encoded(kPlain, "UTF-16BE")},
                     {"UTF-16LE", encoded(kPlain, "UTF-16LE")},
                     {"UTF-16BE", encoded(kPlain, "UTF-16BE")},
                     {"GB18030", encoded(kPlain, "GB18030")}};
        const Table expected = table_of(scratch.file("plain.csv", kPlain));
        REQUIRE(expected.rows.size() == 2);
        CHECK(expected.rows[0].cells[2] == "重庆、長沙\n𠮷野家");
        for (const auto& file : files) {
            auto source = open_table(scratch.file("x.csv", file.bytes));
            REQUIRE(source.has_value());
            CHECK(name((*source)->info().encoding()) == file.name);
            const Table table = read_all(**source);
            CHECK(table.header == expected.header);
            CHECK(table.rows == expected.rows);
            CHECK(table.errors.empty());
        }
    }
    TEST_CASE("characters cut by the reader's pieces come out whole, in every encoding") {
        const Scratch scratch;
        std::string text = "列\n";
        for (int i = 0; i < 60'000; ++i) text += i % 3 == 0 ? "a𠮷\n" : "档案\n";
        const Table expected = table_of(scratch.file("utf8.csv", text));
        CHECK(expected.rows.size() == 60'000);
        for (const char* encoding : {"GB18030", "UTF-16LE", "UTF-16BE"}) {
            CHECK(table_of(scratch.file("x.csv", encoded(text, encoding))).rows == expected.rows);
        }
    }
    TEST_CASE("a byte that is not of the encoding costs its cell, told by row and column") {
        const Scratch scratch;
        const std::string text = "客户名称,地区\n明润,杭州\n长青,\xE6\x9D\n华盛,宁波\n";
        auto source = open_table(scratch.file("damaged.csv", text));
        REQUIRE(source.has_value());
        CHECK((*source)->info().encoding() == Encoding::Utf8);
        const Table table = read_all(**source);
        CHECK(cells_of(table) == Cells{{"明润", "杭州"}, {"长青", ""}, {"华盛", "宁波"}});
        REQUIRE(table.rows[1].bad.size() == 1);
        CHECK(table.rows[1].bad[0].column == 1);
        CHECK(table.rows[1].bad[0].error.is(kBadBytes));
        CHECK(table.rows[1].bad[0].error.args == std::vector<std::string>{"3", "2", "UTF-8"});
        CHECK(table.errors.empty());
    }
    TEST_CASE("a bad byte in any encoding swallows no separator, quote or line end") {
        const Scratch scratch;
        for (const auto& [word, bad] : std::vector<std::pair<const char*, std::string>>{
                 {"GB18030", "\xB0"}, {"CP950", "\xA4"}, {"CP932", "\x88"}, {"CP949", "\xB0"}}) {
            CAPTURE(word);
            ReadOptions options;
            options.encoding = encoding_from(word);
            const std::string text = "a,b\n\"" + bad + "\",\"x\"\n" + bad + ",y\n" + bad + "\n,z\n";
            const Table table = table_of(scratch.file("x.csv", text), options);
            CHECK(cells_of(table) == Cells{{"", "x"}, {"", "y"}, {"", "z"}});
            CHECK(table.errors.size() == 1);  // the third has one column only
        }
    }
    TEST_CASE("the byte 0x80 of a Chinese file is the euro sign, and all after it is read") {
        const Scratch scratch;
        std::string text = encoded("客户名称,备注\n欧元甲有限公司,", "GB18030") + "\x80" + "100\n" +
                           encoded("欧元乙有限公司,后一行\n", "GB18030");
        const Table table = table_of(scratch.file("euro.csv", text));
        CHECK(cells_of(table) == Cells{{"欧元甲有限公司", "€100"}, {"欧元乙有限公司", "后一行"}});
        CHECK(table.rows[0].bad.empty());
    }
    TEST_CASE("an encoding that was named wrongly is an error, never other characters") {
        const Scratch scratch;
        ReadOptions options;
        options.encoding = Encoding::Utf8;
        const auto path = scratch.file("gbk.csv", encoded(kPlain, "GB18030"));
        const auto source = open_table(path, options);
        REQUIRE_FALSE(source.has_value());
        CHECK(source.error().is(kBadBytes));
        CHECK(source.error().args[0] == "1");
    }
    TEST_CASE("a file that ends inside a character is damaged in its last cell") {
        const Scratch scratch;
        for (const std::string_view end : {"\xE6", "\xE6\x9D", "\xF0\xA0\xAE"}) {
            const Table table =
                table_of(scratch.file("x.csv", "名称\n杭州明润机械\n" + std::string(end)));
            REQUIRE(table.rows.size() == 2);
            REQUIRE(table.rows[1].bad.size() == 1);
            CHECK(table.rows[1].bad[0].error.is(kBadBytes));
        }
    }
    TEST_CASE("names of encodings are found again, GBK is read as GB18030") {
        CHECK(encoding_from("gbk") == Encoding::Gb18030);
        CHECK(encoding_from("utf-8") == Encoding::Utf8);
        CHECK(encoding_from("shift-jis") == Encoding::ShiftJis);
        CHECK(encoding_from("Shift_JIS") == Encoding::ShiftJis);
        CHECK_FALSE(encoding_from("klingon").has_value());
        CHECK(encoding_named("klingon").error().is(kUnknownEncoding));
        for (const auto each : {Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le,
                                Encoding::Utf16Be, Encoding::Gb18030, Encoding::Big5,
                                Encoding::Cp1252, Encoding::ShiftJis, Encoding::EucKr}) {
            CHECK(encoding_from(name(each)) == each);
            CHECK(encoding_from(option_word(each)).has_value());
        }
    }
    TEST_CASE("1,589 real companies read the same from UTF-8 and from GB18030") {
        if (!std::filesystem::exists(shared("companies_szse_2014.gb18030.csv"))) {
            MESSAGE("skipped: no shared data");
            return;
        }
        auto chinese = open_table(shared("companies_szse_2014.gb18030.csv"));
        REQUIRE(chinese.has_value());
        CHECK((*chinese)->info().encoding() == Encoding::Gb18030);
        const Table from_gb = read_all(**chinese);
        const Table from_utf8 = table_of(shared("companies_szse_2014.utf8.csv"));
        CHECK(from_utf8.rows.size() == 1589);
        CHECK(from_utf8.errors.empty());
        CHECK(from_gb.header == from_utf8.header);
        CHECK(from_gb.rows == from_utf8.rows);
    }
}
