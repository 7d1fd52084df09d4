#include "common/tabular/writer.hpp"

#include <sys/stat.h>

#include "common/tabular/faults.hpp"

#include "tests/unit/common/tabular/scratch.hpp"

using namespace dossier;
using namespace dossier::tabular;
using Cells = std::vector<std::vector<std::string>>;

namespace {

const Cells kRows{{"杭州明润", "1200.50", "=HYPERLINK(\"http://x\")"},
                  {"_x0041_ and _x4e00_", "", "two\r\nlines\x01\x7F"},
                  {" spaced ", "-3", "'quoted"},
                  {"<b>&amp;</b>", "1234567890123456789", "\xEF\xBF\xBF"},
                  {"short"}};

Status write(const std::filesystem::path& path, const Cells& rows) {
    auto writer = create_table(path, {{"名称"}, {"金额", CellType::Number}, {"备注"}});
    if (!writer) return pass(writer);
    for (const auto& row : rows) {
        if (auto written = (*writer)->row(row); !written) return written;
    }
    return (*writer)->finish();
}

}  // namespace

TEST_SUITE("common/tabular/writer") {
    TEST_CASE("what was written is read back, from CSV and from XLSX") {
        const Scratch scratch;
        Cells expected = kRows;
        expected[4].resize(3);
        for (const auto& path : {scratch.path("x.csv"), scratch.path("x.XLSX")}) {
            const auto written = write(path, kRows);
            REQUIRE(written.has_value());
            const Table table = table_of(path);
            CHECK(table.errors.empty());
            CHECK(table.header == std::vector<std::string>{"名称", "金额", "备注"});
            Cells cells = cells_of(table);
            if (path.extension() == ".XLSX") {
                CHECK(cells[0][1] == "1200.5");  // a number, not its text
                cells[0][1] = "1200.50";
            }
            CHECK(cells == expected);
        }
    }
    TEST_CASE("the file appears only when finished, and for its owner only") {
        const Scratch scratch;
        for (const char* name : {"x.csv", "x.xlsx"}) {
            {
                auto writer = create_table(scratch.path(name), {{"a"}});
                REQUIRE(writer.has_value());
                REQUIRE((*writer)->row(std::vector<std::string>{"1"}).has_value());
                CHECK_FALSE(std::filesystem::exists(scratch.path(name)));
            }
            CHECK(scratch.files() == 0);
        }
        REQUIRE(write(scratch.path("x.csv"), kRows).has_value());
        struct stat info {};
        REQUIRE(::stat(scratch.path("x.csv").c_str(), &info) == 0);
        CHECK((info.st_mode & 0777U) == 0600U);
        CHECK(scratch.files() == 1);
    }
    TEST_CASE("what lies there is never overwritten, whatever it is and whenever it came") {
        const Scratch scratch;
        for (const char* name : {"x.csv", "x.xlsx"}) {
            CAPTURE(name);
            auto early = create_table(scratch.path(name), {{"a"}});
            REQUIRE(early.has_value());
            const auto path = scratch.file(name, "theirs");
            CHECK(write(path, kRows).error().is(kFileExists));
            const auto late = (*early)->finish();
            REQUIRE_FALSE(late.has_value());
            CHECK(late.error().is(kFileExists));
            CHECK(scratch.content(name) == "theirs");
        }
        std::filesystem::create_symlink("nowhere", scratch.path("link.csv"));
        CHECK(write(scratch.path("link.csv"), kRows).error().is(kFileExists));
        REQUIRE(::mkfifo(scratch.path("pipe.csv").c_str(), 0600) == 0);
        CHECK(write(scratch.path("pipe.csv"), kRows).error().is(kFileExists));
        CHECK(scratch.files() == 4);
    }
    TEST_CASE("a failed export leaves nothing behind") {
        const Scratch scratch;
        const auto failed =
            write(scratch.path("x.xlsx"), {{"ok"}, {"bad", "1", std::string(40'000, 'x')}});
        REQUIRE_FALSE(failed.has_value());
        CHECK(failed.error().is(kUnwritableCell));
        CHECK(failed.error().args[0] == "3");
        CHECK(failed.error().args[1] == "3");
        CHECK(scratch.files() == 0);
    }
    TEST_CASE("what a workbook cannot hold is refused, not cut") {
        const Scratch scratch;
        for (const std::string& text : {std::string("a\0b", 3), std::string("\xC3(")}) {
            const auto failed = write(scratch.path("x.xlsx"), {{text}});
            REQUIRE_FALSE(failed.has_value());
            CHECK(failed.error().is(kUnwritableCell));
        }
    }
    TEST_CASE("other extensions and folders that are not there are refused") {
        const Scratch scratch;
        CHECK(write(scratch.path("x.pdf"), {}).error().is(kUnknownExtension));
        CHECK(write(scratch.path("no/x.csv"), {}).error().is(kCannotWrite));
        CHECK(write(scratch.path("no/x.xlsx"), {}).error().is(kCannotWrite));
    }
}
