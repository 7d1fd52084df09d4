#include <algorithm>
#include <array>

#include <minizip/zip.h>
#include <sys/stat.h>

#include "common/tabular/faults.hpp"
#include "common/tabular/file_form.hpp"
#include "common/tabular/number_format.hpp"
#include "common/tabular/xlsx.hpp"
#include "common/tabular/xlsx_value.hpp"

#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;
using Cells = std::vector<std::vector<std::string>>;

namespace {

struct Part {
    std::string name;
    std::string content;
    unsigned long mode = 0;
};

void zip(const std::filesystem::path& path, const std::vector<Part>& parts, int level = 9) {
    zipFile file = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
    REQUIRE(file != nullptr);
    for (const Part& part : parts) {
        zip_fileinfo info{};
        info.external_fa = part.mode << 16U;
        REQUIRE(zipOpenNewFileInZip(file, part.name.c_str(), &info, nullptr, 0, nullptr, 0, nullptr,
                                    Z_DEFLATED, level) == ZIP_OK);
        zipWriteInFileInZip(file, part.content.data(), static_cast<unsigned>(part.content.size()));
        zipCloseFileInZip(file);
    }
    zipClose(file, nullptr);
}

/// A small workbook as other programs write it: prefixes, shared strings, styles, two sheets.
std::vector<Part> workbook(const std::string& rows) {
    const std::string relation =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {
        {"_rels/.rels", "<Relationships><Relationship Id='r1' Type='" + relation +
                            "officeDocument' Target='/book/main.xml'/></Relationships>"},
        {"book/main.xml",
         "<x:workbook xmlns:x='m' xmlns:r='r'><x:sheets><x:sheet name='客户' sheetId='1' r:id='a'/>"
         "<x:sheet name='other' sheetId='2' r:id='b'/></x:sheets></x:workbook>"},
        {"book/_rels/main.xml.rels",
         "<Relationships><Relationship Id='a' Type='" + relation +
             "worksheet' Target='sheets/1.xml'/><Relationship Id='b' Type='" + relation +
             "worksheet' Target='/book/sheets/2.xml'/><Relationship Id='s' Type='" + relation +
             "sharedStrings' Target='strings.xml'/><Relationship Id='t' Type='" + relation +
             "styles' Target='styles.xml'/></Relationships>"},
        {"book/strings.xml",
         "<sst><si><t>名称</t></si><si><r><t>明</t></r><r><t>润</t></r><rPh><t>ming</t></rPh></si>"
         "<si><t>a_x000D_b</t></si></sst>"},
        {"book/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId='164' "
         "formatCode='yyyy&quot;年&quot;m&quot;月&quot;'/>"
         "<numFmt numFmtId='165' formatCode='[Red]0.00\\d'/></numFmts><cellStyleXfs><xf "
         "numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf "
         "numFmtId='164'/><xf numFmtId='22'/><xf numFmtId='21'/><xf "
         "numFmtId='165'/></cellXfs></styleSheet>"},
        {"book/sheets/1.xml",
         "<x:worksheet xmlns:x='m'><x:sheetData>" + rows + "</x:sheetData></x:worksheet>"},
        {"book/sheets/2.xml",
         "<worksheet><sheetData><row><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData></"
         "worksheet>"}};
}

const std::string kHeader =
    "<x:row r='1'><x:c r='A1' t='s'><x:v>0</x:v></x:c><x:c r='B1' "
    "t='inlineStr'><x:is><x:t>值</x:t></x:is>"
    "</x:c></x:row>";

std::string row_of(const std::string& number, const std::string& cell) {
    return "<x:row r='" + number + "'><x:c r='A" + number + "' t='s'><x:v>1</x:v></x:c>" + cell +
           "</x:row>";
}

Error refusal(const std::filesystem::path& path, const ReadOptions& options = {}) {
    const auto source = open_table(path, options);
    REQUIRE_FALSE(source.has_value());
    return source.error();
}

}  // namespace

TEST_SUITE("common/tabular/xlsx") {
    TEST_CASE("strings, numbers, dates, booleans and formulas come as a person sees them") {
        const Scratch scratch;
        const std::vector<std::pair<std::string, std::string>> cells{
            {"<x:c r='B2' t='s'><x:v>2</x:v></x:c>", "a\rb"},
            {"<x:c r='B2'><x:v>13800138000</x:v></x:c>", "13800138000"},
            {"<x:c r='B2'><x:v>1.1000000000000001</x:v></x:c>", "1.1"},
            {"<x:c r='B2'><x:v>1.2E-2</x:v></x:c>", "0.012"},
            {"<x:c r='B2' s='1'><x:v>45356</x:v></x:c>", "2024-03-05"},
            {"<x:c r='B2' s='2'><x:v>1</x:v></x:c>", "1900-01-01"},
            {"<x:c r='B2' s='3'><x:v>45356.354166666664</x:v></x:c>", "2024-03-05 08:30:00"},
            {"<x:c r='B2' s='4'><x:v>0.5</x:v></x:c>", "12:00:00"},
            {"<x:c r='B2' s='5'><x:v>45356</x:v></x:c>", "45356.00d"},
            {"<x:c r='B2' t='b'><x:v>1</x:v></x:c>", "TRUE"},
            {"<x:c r='B2' t='str'><x:f>A1&amp;1</x:f><x:v>名称1</x:v></x:c>", "名称1"},
            {"<x:c r='B2' t='d'><x:v>2024-03-05T00:00:00</x:v></x:c>", "2024-03-05"},
            {"", ""}};
        for (const auto& [xml, expected] : cells) {
            zip(scratch.path("x.xlsx"), workbook(kHeader + row_of("2", xml)));
            const Table table = table_of(scratch.path("x.xlsx"));
            CHECK(table.header == std::vector<std::string>{"名称", "值"});
            CHECK(cells_of(table) == Cells{{"明润", expected}});
        }
    }
    TEST_CASE("the sheet asked for by name is read, and named when it is missing") {
        const Scratch scratch;
        zip(scratch.path("x.xlsx"), workbook(kHeader));
        ReadOptions options;
        options.sheet = "other";
        auto source = open_table(scratch.path("x.xlsx"), options);
        REQUIRE(source.has_value());
        CHECK((*source)->info().sheet == "other");
        CHECK(cells_of(read_all(**source)) == Cells{{"2"}});
        options.sheet = "third";
        CHECK(refusal(scratch.path("x.xlsx"), options).is(kNoSheet));
    }
    TEST_CASE("a cell beyond the header or with a formula error is left out, its row is read") {
        const Scratch scratch;
        zip(scratch.path("x.xlsx"),
            workbook(kHeader + row_of("3", "<x:c r='D3'><x:v>9</x:v></x:c>") +
                     row_of("5", "<x:c r='B5' t='e'><x:v>#N/A</x:v></x:c>") +
                     row_of("6", "<x:c r='ZZ6'><x:v>1</x:v></x:c>") + row_of("7", "")));
        const Table table = table_of(scratch.path("x.xlsx"));
        REQUIRE(table.errors.size() == 1);
        CHECK(table.errors[0].is(kTooManyColumns));
        REQUIRE(table.rows.size() == 3);
        CHECK(cells_of(table) == Cells{{"明润", ""}, {"明润", ""}, {"明润", ""}});
        REQUIRE(table.rows[0].bad.size() == 1);
        CHECK(table.rows[0].bad[0].error.is(kNoHeading));
        CHECK(table.rows[0].bad[0].error.args == std::vector<std::string>{"3", "4", "9"});
        REQUIRE(table.rows[1].bad.size() == 1);
        CHECK(table.rows[1].bad[0].error.is(kErrorCell));
        CHECK(table.rows[1].bad[0].error.args == std::vector<std::string>{"5", "2", "#N/A"});
        CHECK(table.rows[2].number == 7);
    }
    TEST_CASE("a hidden sheet and a cover are passed over for the first with known headings") {
        const Scratch scratch;
        auto parts = workbook(kHeader + row_of("2", ""));
        parts[1].content =
            "<workbook xmlns:r='r'><sheets><sheet name='旧' state='hidden' r:id='a'/><sheet "
            "name='说明' r:id='b'/><sheet name='图' r:id='c'/><sheet name='客户' "
            "r:id='d'/></sheets></workbook>";
        parts[2].content.insert(parts[2].content.find("</Rel"),
                                "<Relationship Id='c' Type='x/chartsheet' Target='chart.xml'/>"
                                "<Relationship Id='d' Type='x/worksheet' Target='sheets/3.xml'/>");
        parts.push_back(
            {"book/sheets/3.xml",
             "<worksheet><sheetData><row><c "
             "t='s'><v>0</v></c></row><row><c><v>7</v></c></row></sheetData></worksheet>"});
        zip(scratch.path("x.xlsx"), parts);
        ReadOptions options;
        options.known = [](const auto& cells) {
            return static_cast<std::size_t>(std::ranges::count(cells, "名称"));
        };
        auto source = open_table(scratch.path("x.xlsx"), options);
        REQUIRE(source.has_value());
        CHECK((*source)->info().sheet == "客户");
        CHECK((*source)->info().other_sheets == std::vector<std::string>{"旧", "说明"});
        CHECK(cells_of(read_all(**source)) == Cells{{"7"}});
        // A cover that holds a known word is no list.
        options.known = [](const auto& cells) { return cells.size(); };
        options.is_list = [](const auto& cells) {
            return std::ranges::find(cells, "名称") != cells.end();
        };
        CHECK((*open_table(scratch.path("x.xlsx"), options))->info().sheet == "客户");
        options.is_list = [](const auto&) { return false; };
        CHECK((*open_table(scratch.path("x.xlsx"), options))->info().sheet == "说明");
        options.sheet = "旧";
        CHECK(cells_of(table_of(scratch.path("x.xlsx"), options)) == Cells{{"明润", ""}});
        options.sheet = "无";
        CHECK(refusal(scratch.path("x.xlsx"), options).args.at(2) == "旧、说明、客户");
    }
    TEST_CASE("the value of cells merged over rows stands in each of them that holds something") {
        const Scratch scratch;
        auto parts =
            workbook(kHeader +
                     "<x:row r='2'><x:c r='A2'><x:v>1</x:v></x:c><x:c r='B2'><x:v>2</x:v></x:c>"
                     "</x:row><x:row r='3'><x:c r='B3'><x:v>3</x:v></x:c></x:row>"
                     "<x:row r='4'/><x:row r='5'><x:c r='B5'><x:v>5</x:v></x:c></x:row>"
                     "<x:row r='6'><x:c r='B6'><x:v>6</x:v></x:c></x:row>");
        auto& sheet = parts[5].content;
        sheet.insert(sheet.find("</x:worksheet"),
                     "<x:mergeCells><x:mergeCell ref='A2:A5'/><x:mergeCell ref='A6:B6'/>"
                     "</x:mergeCells>");
        zip(scratch.path("x.xlsx"), parts);
        auto source = open_table(scratch.path("x.xlsx"));
        REQUIRE(source.has_value());
        CHECK((*source)->info().filled == std::vector<std::string>{"A2:A5"});
        CHECK(cells_of(read_all(**source)) == Cells{{"1", "2"}, {"1", "3"}, {"1", "5"}, {"", "6"}});
    }
    TEST_CASE("packages of other programs and protected ones are called what they are") {
        const Scratch scratch;
        const auto path = scratch.path("x.xlsx");
        zip(path, {{"xl/workbook.bin", "x"}});
        CHECK(refusal(path).is(kOtherForm));
        zip(path, {{"mimetype", "x"}, {"content.xml", "x"}});
        CHECK(refusal(path).is(kOtherForm));
        zip(path, workbook(kHeader), 0);
        std::string locked = scratch.content("x.xlsx");
        for (auto at = locked.find("PK\x01\x02"); at != std::string::npos;
             at = locked.find("PK\x01\x02", at + 1))
            locked[at + 8] = static_cast<char>(locked[at + 8] | 1);
        CHECK(refusal(scratch.file("locked.xlsx", locked)).is(kProtectedWorkbook));
    }
    TEST_CASE("a bomb is refused by its ratio, its size, the number of its entries") {
        const Scratch scratch;
        const auto path = scratch.path("x.xlsx");
        auto parts = workbook(kHeader);
        parts.push_back({"zeros", std::string(20'000'000, '\0')});
        zip(path, parts);
        CHECK(refusal(path).is(kHostileWorkbook));

        ReadOptions options;
        options.limits.ratio = 100'000;
        options.limits.sheet_bytes = 100;
        zip(path, workbook(kHeader));
        CHECK(refusal(path, options).is(kHostileWorkbook));
        options.limits.sheet_bytes = 100'000;
        options.limits.entry_bytes = 100;
        CHECK(refusal(path, options).is(kHostileWorkbook));

        parts = workbook(kHeader);
        for (int i = 0; i < 1000; ++i) parts.push_back({"p" + std::to_string(i), ""});
        zip(path, parts);
        CHECK(refusal(path).is(kHostileWorkbook));
    }
    TEST_CASE("what no spreadsheet program writes is refused before it fills the memory") {
        const Scratch scratch;
        const std::string cell = "<row><c t='str'><v>名称</v></c></row>";
        const auto error_of = [&](std::vector<Part> parts) {
            // Stored, not deflated: the ratio is another law.
            zip(scratch.path("x.xlsx"), parts, 0);
            auto source = open_table(scratch.path("x.xlsx"));
            if (!source) return source.error();
            auto table = read_all(**source);
            REQUIRE(table.errors.size() == 1);
            return table.errors.front();
        };
        std::string deep;
        std::string names;
        for (int i = 0; i < 200'000; ++i) {
            deep += "<a>";
            names += "<n" + std::to_string(i) + "/>";
        }
        const std::string wide = "<c r='" + std::string(5'000'000, 'A') + "'/>";
        for (const auto& inside : {deep, names, wide})
            CHECK(error_of(workbook(cell + inside)).is(kHostileWorkbook));
        auto parts = workbook(cell);
        std::string relations = "<Relationships>";
        for (int i = 0; i < 20'000; ++i) {
            const auto number = std::to_string(i);
            relations += "<Relationship Id='" + number + "' Type='" + number + "' Target='x'/>";
        }
        parts[2].content = relations + "</Relationships>";
        CHECK(error_of(parts).is(kHostileWorkbook));
        parts = workbook(cell);
        parts[3].content = "<sst><si><t>" + std::string(3'000'000, 'x') + "</t></si></sst>";
        CHECK(error_of(parts).is(kHostileWorkbook));
    }

    TEST_CASE("a large shared text named by many cells is held for a few rows at a time") {
        const Scratch scratch;
        std::string rows = "<row><c t='str'><v>名称</v></c><c t='str'><v>备注</v></c></row>";
        constexpr std::size_t kRows = 10'000;
        for (std::size_t i = 0; i < kRows; ++i)
            rows += "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c></row>";
        auto parts = workbook(rows);
        parts[3].content =
            "<sst><si><t>甲</t></si><si><t>" + std::string(100'000, 'x') + "</t></si></sst>";
        zip(scratch.path("x.xlsx"), parts, 0);
        // The system's own account, before and while the rows are read.
        const auto held = [] {
            std::ifstream state("/proc/self/statm");
            std::size_t whole = 0;
            std::size_t pages = 0;
            state >> whole >> pages;
            return pages * 4096;
        };
        const auto before = held();
        auto source = open_table(scratch.path("x.xlsx"));
        REQUIRE(source);
        std::size_t most = before;
        std::size_t count = 0;
        while (auto row = (*source)->next()) {
            REQUIRE(*row);
            REQUIRE((*row)->cells[1].size() == 100'000);
            most = std::max(most, held());
            ++count;
        }
        CHECK(count == kRows);
        // A sanitizer keeps what was freed, to watch it.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
        CHECK(most - before < 64U << 20U);
#endif
    }

    TEST_CASE("the cells of a row are bounded together, in workbooks and text files") {
        const Scratch scratch;
        std::string row;
        std::string line;
        for (int i = 0; i < 15; ++i) {
            row += "<c t='str'><v>" + std::string(100'000, 'x') + "</v></c>";
            line += (i == 0 ? "" : ",") + std::string(100'000, 'x');
        }
        const std::string header = "<row><c t='str'><v>a</v></c></row>";
        zip(scratch.path("x.xlsx"),
            workbook(header + "<row>" + row + "</row><row><c><v>1</v></c></row>"), 0);
        auto table = table_of(scratch.path("x.xlsx"));
        REQUIRE(table.errors.size() == 1);
        CHECK(table.errors.front().is(kRowTooLarge));
        CHECK(cells_of(table) == Cells{{"1"}});
        table = table_of(scratch.file("x.csv", "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\n" + line +
                                                   "\n1,2,3,4,5,6,7,8,9,0,1,2,3,4,5\n"));
        REQUIRE(table.errors.size() == 1);
        CHECK(table.errors.front().is(kRowTooLarge));
        CHECK(table.rows.size() == 1);
    }

    TEST_CASE("document types, symbolic links and doubled entries are refused") {
        const Scratch scratch;
        const auto path = scratch.path("x.xlsx");
        auto parts = workbook(kHeader);
        parts[3].content = "<!DOCTYPE sst [<!ENTITY a 'aaaa'>]><sst><si><t>&a;</t></si></sst>";
        zip(path, parts);
        CHECK(refusal(path).is(kHostileWorkbook));

        parts = workbook(kHeader);
        parts.push_back({"link", "/etc/passwd", S_IFLNK | 0777U});
        zip(path, parts);
        CHECK(refusal(path).is(kHostileWorkbook));

        parts = workbook(kHeader);
        parts.push_back(parts[5]);
        zip(path, parts);
        CHECK(refusal(path).is(kNotWorkbook));
    }
    TEST_CASE("damage is told, wherever the file was cut or changed") {
        const Scratch scratch;
        zip(scratch.path("x.xlsx"), workbook(kHeader + row_of("2", "")));
        const std::string whole = scratch.content("x.xlsx");
        const Table expected = table_of(scratch.path("x.xlsx"));
        for (std::size_t length = 4; length < whole.size(); ++length) {
            const auto source = open_table(scratch.file("cut.xlsx", whole.substr(0, length)));
            if (source) {  // only bytes of the comment at its end are gone
                CHECK(length + 3 >= whole.size());
                CHECK(read_all(**source).rows == expected.rows);
            } else {
                CHECK(source.error().is(kNotWorkbook));
            }
        }
        std::size_t told = 0;
        for (std::size_t at = 4; at < whole.size(); at += 3) {
            std::string changed = whole;
            changed[at] = static_cast<char>(changed[at] ^ 0x55);
            const auto source = open_table(scratch.file("changed.xlsx", changed));
            told += source.has_value() && read_all(**source).errors.empty() ? 0U : 1U;
        }
        CHECK(told > whole.size() / 3 / 2);  // the rest hit fields that mean nothing here
        auto parts = workbook(kHeader);
        parts.erase(parts.begin() + 5);
        zip(scratch.path("x.xlsx"), parts);
        CHECK(refusal(scratch.path("x.xlsx")).is(kNotWorkbook));
    }
    TEST_CASE("a value changed without its checksum is damage, told before a row is read") {
        const Scratch scratch;
        constexpr int kStored = 0;
        zip(scratch.path("x.xlsx"),
            workbook(kHeader + row_of("2", "<x:c r='B2'><x:v>13800138000</x:v></x:c>")), kStored);
        std::string changed = scratch.content("x.xlsx");
        changed.replace(changed.find("13800138000"), 3, "139");
        CHECK(refusal(scratch.file("changed.xlsx", changed)).is(kNotWorkbook));
    }
    TEST_CASE("format codes that show dates are told from those that only look like it") {
        for (const char* code :
             {"yyyy-mm-dd", "m/d/yy", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "mmm"}) {
            CHECK(shown_by_code(code) == Shown::Date);
        }
        for (const char* code :
             {"General", "0.00", "[Red]-0", "\"day\"0", "0\\d", "#,##0_d", "@"}) {
            CHECK(shown_by_code(code) == Shown::Number);
        }
        CHECK(shown_by_code("h:mm") == Shown::Time);
        CHECK(shown_by_code("[h]:mm:ss") == Shown::Time);
        CHECK(shown_by_code("yyyy/m/d h:mm") == Shown::DateTime);
    }
    TEST_CASE("serial dates follow the calendar on both sides of the day that never was") {
        CHECK(serial_text(59, Shown::Date, false) == "1900-02-28");
        CHECK_FALSE(serial_text(60, Shown::Date, false).has_value());
        CHECK(serial_text(61, Shown::Date, false) == "1900-03-01");
        CHECK(serial_text(0, Shown::Date, true) == "1904-01-01");
        CHECK_FALSE(serial_text(-1, Shown::Date, false).has_value());
        CHECK_FALSE(serial_text(1e18, Shown::Date, false).has_value());
        CHECK(serial_text(1.5, Shown::Time, false) == "36:00:00");
    }
    TEST_CASE("a date is read as its format shows it") {
        CHECK(serial_text(43529.395833333, Shown::Date, false) == "2019-03-05");
        CHECK(serial_text(43529, Shown::DateTime, false) == "2019-03-05 00:00:00");
    }
    TEST_CASE("a number is read as its format shows it, and never with fewer digits") {
        const struct {
            const char* code;
            const char* raw;
            const char* shown;
        } cases[] = {{"000000", "10020", "010020"},
                     {"000000000000000", "15010012345678", "015010012345678"},
                     {"00000000000", "4715550001", "04715550001"},
                     {"\"SJ-\"0000", "42", "SJ-0042"},
                     {"0000-0000000", "3515550002", "0351-5550002"},
                     {"000-0000-0000", "13900002222", "139-0000-2222"},
                     {"@", "5", "5"},
                     {"#,##0", "110000", "110000"},
                     {"0.00", "1.50", "1.50"},
                     {"0.00;[Red]-0.00", "-1.5", "-1.50"},
                     {"0%", "0.5", "50%"},
                     {"[$¥-804]#,##0.00", "1234.5", "¥1234.50"},
                     {"0", "1.5", "1.5"},
                     {"#,##0", "1234.56", "1234.56"},
                     {"0.00E+00", "13900002901", "13900002901"},
                     {"0,", "13900002901", "13900002901"},
                     {"# ?/?", "0.5", "0.5"},
                     {"0.", "7", "7"},
                     {"000", "913301061234567890", "9.13301061234568E+17"},
                     {"", "150100123456789", "150100123456789"},
                     {"", "123456789012345678", "1.23456789012346E+17"},
                     {"", "1E+20", "1E+20"},
                     {"", "1.3900002902E10", "13900002902"},
                     {"00\"年\"", "7", "07年"},
                     {"000", "no number", "no number"}};
        for (const auto& [code, raw, shown] : cases) {
            CAPTURE(code);
            CHECK(shown_number(raw, format_by_code(code)) == shown);
        }
        CHECK(shown_number("1.5", format_by_id(2)) == "1.50");
        CHECK(format_by_id(14).shown == Shown::Date);
    }
}
