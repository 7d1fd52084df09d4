#include "common/tabular/encoding.hpp"

#include <array>

#include <iconv.h>

#include "common/tabular/faults.hpp"

#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;

namespace {

constexpr std::string_view kPlain =
    "客户名称,联系人,备注\r\n"
    "杭州明润机械有限公司,单晓燕,\"重庆、長沙\n𠮷野家\"\r\n"
    "café,Ωmega,€100\r\n";

/// `text` in another encoding of iconv.
std::string encoded(std::string_view text, const char* encoding) {
    const iconv_t handle = iconv_open(encoding, "UTF-8");
    std::string from(text);
    std::string out(text.size() * 4, '\0');
    char* in = from.data();
    char* to = out.data();
    std::size_t in_left = from.size();
    std::size_t to_left = out.size();
    REQUIRE(iconv(handle, &in, &in_left, &to, &to_left) == 0);
    iconv_close(handle);
    out.resize(out.size() - to_left);
    return out;
}

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
            CHECK(name((*source)->info().encoding) == file.name);
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
    TEST_CASE(
        "bytes that are not of the encoding are told by line and offset, after the rows before") {
        const Scratch scratch;
        const std::string text = "客户名称,地区\n明润,杭州\n长青,\xE6\x9D\n华盛,宁波\n";
        auto source = open_table(scratch.file("damaged.csv", text));
        REQUIRE(source.has_value());
        CHECK((*source)->info().encoding == Encoding::Utf8);
        const Table table = read_all(**source);
        CHECK(cells_of(table) == std::vector<std::vector<std::string>>{{"明润", "杭州"}});
        REQUIRE(table.errors.size() == 1);
        CHECK(table.errors[0].is(kBadEncoding));
        CHECK(table.errors[0].args == std::vector<std::string>{"3", "41", "UTF-8"});
        CHECK((*source)->cut_short());
    }
    TEST_CASE("an encoding that was named wrongly is an error, never other characters") {
        const Scratch scratch;
        ReadOptions options;
        options.encoding = Encoding::Utf8;
        const auto path = scratch.file("gbk.csv", encoded(kPlain, "GB18030"));
        const auto source = open_table(path, options);
        REQUIRE_FALSE(source.has_value());
        CHECK(source.error().is(kBadEncoding));
        CHECK(source.error().args[0] == "1");
    }
    TEST_CASE("a file that ends inside a character is damaged") {
        const Scratch scratch;
        for (const std::string_view end : {"\xE6", "\xE6\x9D", "\xF0\xA0\xAE"}) {
            const Table table =
                table_of(scratch.file("x.csv", "名称\n杭州明润机械\n" + std::string(end)));
            REQUIRE(table.errors.size() == 1);
            CHECK(table.errors[0].is(kBadEncoding));
        }
    }
    TEST_CASE("names of encodings are found again, GBK is read as GB18030") {
        CHECK(encoding_from("gbk") == Encoding::Gb18030);
        CHECK(encoding_from("utf-8") == Encoding::Utf8);
        CHECK_FALSE(encoding_from("latin1").has_value());
        for (const auto each : {Encoding::Utf8, Encoding::Utf8Bom, Encoding::Utf16Le,
                                Encoding::Utf16Be, Encoding::Gb18030}) {
            CHECK(encoding_from(name(each)) == each);
        }
    }
    TEST_CASE("1,589 real companies read the same from UTF-8 and from GB18030") {
        if (!std::filesystem::exists(shared("companies_szse_2014.gb18030.csv"))) {
            MESSAGE("skipped: no shared data");
            return;
        }
        auto chinese = open_table(shared("companies_szse_2014.gb18030.csv"));
        REQUIRE(chinese.has_value());
        CHECK((*chinese)->info().encoding == Encoding::Gb18030);
        const Table from_gb = read_all(**chinese);
        const Table from_utf8 = table_of(shared("companies_szse_2014.utf8.csv"));
        CHECK(from_utf8.rows.size() == 1589);
        CHECK(from_utf8.errors.empty());
        CHECK(from_gb.header == from_utf8.header);
        CHECK(from_gb.rows == from_utf8.rows);
    }
}
