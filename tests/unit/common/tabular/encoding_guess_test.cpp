// Which encoding a file is taken for: right, or refused with the choice; never other characters.
#include "common/tabular/encoding_guess.hpp"

#include <sys/stat.h>

#include "common/tabular/encoding.hpp"
#include "common/tabular/faults.hpp"

#include "tests/unit/common/tabular/encoded.hpp"
#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;

namespace {

struct Case {
    const char* iconv;
    Encoding encoding;
    std::string_view text;
};
/// Few bytes each, as they come from short lists.
const std::vector<Case> kCases{
    {"GB18030", Encoding::Gb18030, "Company,Phone\n通泰,0571-55502401\n泰隆,02\n顺平,03\n"},
    {"GB18030", Encoding::Gb18030, "客户名称,传真\n杭州明润,1\n"},
    {"GB18030", Encoding::Gb18030, "name,city\nA,北京\nB,上海\n"},
    {"GB18030", Encoding::Gb18030, "客户名称,联系人\n喆堃镕有限公司,张堃\n"},
    {"CP1252", Encoding::Cp1252,
     "Company,Address\nMüller Meßtechnik GmbH,Königstraße 5\nSociété Générale d'Instruments,12 rue "
     "de l'Évêché\nEspañola de Química S.A.,Calle Núñez 7\n"},
    {"CP950", Encoding::Big5,
     "Company,Phone\n台灣精密儀器股份有限公司,1\n香港科學儀器有限公司,2\n"},
    {"CP932", Encoding::ShiftJis, "会社名,電話\n株式会社アクメ,1\n東京せいみつ工業株式会社,2\n"},
    {"CP949", Encoding::EucKr,
     "회사명,전화\n주식회사 한국정밀,1\n서울전자산업 주식회사,2\n대한기계공업 주식회사,3\n"},
    {"UTF-8", Encoding::Utf8, "客户名称\n杭州明润机械有限公司\n"},
    {"UTF-8", Encoding::Utf8,
     "Company\nMüller Meßtechnik\nSociété Générale\nEspañola de Química\n"},
    {"UTF-8", Encoding::Utf8, "Company\nООО Акме\nПрибор и сыновья\n"},
    {"UTF-8", Encoding::Utf8, "会社名\n株式会社アクメ\n"},
};

}  // namespace

TEST_SUITE("common/tabular/encoding_guess") {
    TEST_CASE("short lists in seven encodings are read as what they are, the runner-up is told") {
        const Scratch scratch;
        for (const auto& each : kCases) {
            CAPTURE(each.text);
            const auto path = scratch.file("x.csv", encoded(each.text, each.iconv));
            auto source = open_table(path);
            if (!source) FAIL_CHECK(describe(source.error(), Lang::En));
            if (!source) continue;
            CHECK(name((*source)->info().encoding()) == name(each.encoding));
            // Whole UTF-8 is no guess.
            CHECK((*source)->info().guess.next.has_value() == (each.encoding != Encoding::Utf8));
            CHECK_FALSE((*source)->info().guess.best.samples.empty());
            CHECK(table_of(path).rows ==
                  table_of(scratch.file("u.csv", "\xEF\xBB\xBF" + std::string(each.text))).rows);
        }
    }
    TEST_CASE("no short list is read as other characters: rightly, or refused with both readings") {
        const Scratch scratch;
        for (const auto& each : kCases) {
            // Each of its cells alone under a plain heading.
            for (std::size_t at = 0; at < each.text.size();) {
                const std::size_t end =
                    std::min(each.text.find_first_of(",\n", at), each.text.size());
                const std::string cell(each.text.substr(at, end - at));
                at = end + 1;
                CAPTURE(cell);
                const auto path = scratch.file("x.csv", encoded("name\n" + cell, each.iconv));
                const auto source = open_table(path);
                if (source) {
                    if (cell != "name") CHECK(cells_of(read_all(**source)).at(0).at(0) == cell);
                } else {
                    CHECK(source.error().is(kUnsureEncoding));
                    CHECK(source.error().args.size() == 5);
                }
            }
        }
    }
    TEST_CASE("what is not an ordinary file is not opened: a pipe would be waited for") {
        const Scratch scratch;
        REQUIRE(::mkfifo(scratch.path("ff").c_str(), 0600) == 0);
        for (const auto& path : {scratch.path("ff"), scratch.path(""), scratch.path("none")}) {
            const auto source = open_table(path);
            REQUIRE_FALSE(source.has_value());
            CHECK(source.error().is(kCannotOpen));
        }
        CHECK(TextReader::open(scratch.path("ff"), 1000).error().is(kCannotOpen));
    }
    TEST_CASE("an unsure file is read once its encoding is named") {
        const Scratch scratch;
        const auto path = scratch.file("x.csv", encoded("name\n한국\n", "CP949"));
        ReadOptions options;
        options.encoding = Encoding::EucKr;
        CHECK(table_of(path, options).rows.at(0).cells.at(0) == "한국");
    }
    TEST_CASE("plain ASCII and files with a mark leave no choice") {
        const Scratch scratch;
        for (const std::string& bytes :
             {std::string("a,b\n1,2\n"), std::string("\xEF\xBB\xBF客户\n甲\n"),
              "\xFF\xFE" + encoded("a\nb", "UTF-16LE")}) {
            auto source = open_table(scratch.file("x.csv", bytes));
            REQUIRE(source.has_value());
            CHECK_FALSE((*source)->info().guess.next.has_value());
        }
    }
    TEST_CASE("three samples show cells with more than ASCII") {
        const auto guess = guess_of_lines("a,客户\n甲公司,\"乙公司\",丙公司,丁公司\n");
        CHECK(guess.best.samples == std::vector<std::string>{"客户", "甲公司", "乙公司"});
    }
}
