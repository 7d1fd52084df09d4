#include <algorithm>
#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>
#include <sys/stat.h>

#include "common/cli/import_report.hpp"

#include "server/actions/rows_ahead.hpp"
#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kTable =
    "客户名称,负责业务员,区域,联系人,手机,说明栏\n"
    "上海精密仪器有限公司,lijg,HD,陈晨,13800000001,x\n"
    "杭州机械有限公司,李建国,华东,,,\n"
    ",lijg,HD,,,\n"
    "宁波电子有限公司,没有此人,HD,,,\n";

TEST_SUITE("server/cli/files") {
    TEST_CASE("an import keeps what it may, says what it left out, and exits with partial") {
        Counter counter;
        const auto file = counter.write("t.csv", kTable);
        const auto said = counter.run({"import", file, "--as", "hanm", "--report", "r.csv"});
        CHECK(said.code == 3);
        CHECK(said.says("imported: 2 new, 0 changed, 0 duplicate, 2 refused"));
        CHECK(said.complains("说明栏"));
        CHECK(said.complains("row 5 refused 负责业务员"));
        std::ifstream report(counter.store.folder() / "r.csv");
        const std::string text{std::istreambuf_iterator<char>(report), {}};
        CHECK(text.find("5,refused,负责业务员,") != std::string::npos);
        counter.posts_drafts();
        const auto shown = counter.type("customer show 上海 --as hanm --json").json();
        CHECK(shown["values"]["customer_no"] == "KH-HD-2026-000001-7");
        CHECK(shown["values"]["file_state"] == "active");
        CHECK(shown["records"][0]["values"]["name"] == "陈晨");
    }

    TEST_CASE("a column only the office fills is named cell by cell, also when it changes files") {
        Counter counter;
        const auto file = counter.write("g.csv", "客户名称,等级,档案状态\n杭州甲机械有限公司,A,\n");
        const auto said = counter.run({"import", file, "--as", "hanm"});
        CHECK(said.code == 3);
        CHECK(said.says("imported: 1 new"));
        CHECK(said.complains("row 2 partly 等级"));
        CHECK(said.complains("(merge.server_only)"));
        const auto again = counter.run({"import", file, "--update", "--as", "hanm"});
        CHECK(again.says("1 duplicate"));
        CHECK(again.complains("row 2 partly 等级"));
    }

    TEST_CASE("a clerk's list keeps the numbers files had, a salesperson's names what it may not") {
        Counter counter;
        const auto file = counter.write(
            "n.csv", "客户编号,客户名称,密级\nKH-HD-2020-000123-4,杭州甲机械有限公司,绝密\n");
        const auto mine = counter.run({"import", file, "--dry-run", "--as", "lijg"});
        CHECK(mine.says("1 new"));
        CHECK(mine.complains("(intake.preset_number)"));
        CHECK(mine.complains("(intake.preset_level)"));
        const auto said = counter.run({"import", file, "--as", "hanm"});
        CHECK(said.complains("(intake.preset_level)"));
        CHECK(!said.complains("(intake.preset_number)"));
        counter.posts_drafts();
        CHECK(counter.type("customer show 杭州甲 --as lijg").says("KH-HD-2020-000123-4"));
    }

    TEST_CASE("an export counts of hidden files none that does not fit what was asked") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.marks("精密", 3);
        const auto exported = [&](std::string_view where) {
            return counter.type("export customer " + std::string(where) + ".csv --where " +
                                std::string(where) + " --as sunli --purpose 年度汇编 --json");
        };
        for (const auto* where : {"名称~张江", "总机=021-55550009"}) {
            const auto said = exported(where);
            REQUIRE_MESSAGE(said.code == 0, said.err);
            CHECK(said.json()["written"] == 0);
            CHECK(said.json()["left_out"] == 0);
            CHECK(said.err.empty());
        }
        const auto part = exported("名称~精密");
        CHECK(part.code == 3);
        CHECK(part.json()["left_out"] == 1);
        CHECK(exported("名称=上海精密仪器有限公司").err.find("access.level") != std::string::npos);
    }

    TEST_CASE("a dry run tells the same and writes nothing") {
        Counter counter;
        const auto file = counter.write("t.csv", kTable);
        const auto said = counter.run({"import", file, "--dry-run", "--as", "hanm", "--json"});
        CHECK(said.code == 3);
        CHECK(said.json()["new"] == 2);
        CHECK(said.json()["refused"] == 2);
        CHECK(said.json()["rows"][1]["id"] == "sheet.unknown_reference");
        CHECK(counter.type("customer list --as hanm --json").json().empty());
    }

    TEST_CASE("rows seen before are duplicates, or updates where that is asked for") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto file =
            counter.write("u.csv", "客户名称,传真\n上海精密仪器有限公司,021-1234567\n");
        CHECK(counter.run({"import", file, "--as", "hanm"}).says("1 duplicate"));
        CHECK(counter.run({"import", file, "--update", "--as", "hanm"}).says("1 changed"));
        CHECK(counter.type("customer show 精密 --as hanm").says("021-1234567"));
    }

    TEST_CASE("a dry run of many steps finds what the import finds") {
        Counter counter;
        std::string table = "客户名称,统一社会信用代码,传真\n";
        for (int i = 0; i < 1200; ++i) table += "第" + std::to_string(i) + "公司,,021-1000000\n";
        table += "第7公司,,021-2000000\n";  // hundreds of rows after its first
        const auto file = counter.write("m.csv", table);
        for (const auto* how : {"--dry-run", "--json"}) {
            const auto said =
                counter.run({"import", file, "--update", "--as", "hanm", "--json", how});
            CHECK(said.json()["new"] == 1200);
            CHECK(said.json()["changed"] == 1);
        }
    }

    TEST_CASE("an import that is cut says how far it came and doubles nothing when run again") {
        Counter counter;
        std::string table = "客户名称,联系人,手机\n";
        for (int i = 0; i < 2000; ++i)
            table += "第" + std::to_string(i) + "公司,陈晨,13800000001\n";
        const auto file = counter.write("c.csv", table);
        int steps = 0;
        counter.place.is_wanted = [&] { return ++steps < 3; };
        const auto cut = counter.run({"import", file, "--as", "hanm", "--json"});
        CHECK(cut.code == 3);
        CHECK(cut.json()["complete"] == false);
        const std::size_t rows = cut.json()["last_row"];
        CHECK(cut.json()["new"] == rows - 1);
        CHECK(cut.complains("stopped after row " + std::to_string(rows)));
        CHECK(counter.type("audit list --limit 1 --json").says("stopped"));
        counter.place.is_wanted = [] { return true; };
        const auto again = counter.run({"import", file, "--as", "hanm", "--json"});
        CHECK(again.complains("was cut at row " + std::to_string(rows)));
        CHECK(again.json()["duplicate"] == rows - 1);
        CHECK(again.json()["new"] == 2001 - rows);
        const auto third = counter.run({"import", file, "--as", "hanm", "--json"});
        CHECK(!third.complains("was cut"));
        CHECK(third.json()["duplicate"] == 2000);
    }

    TEST_CASE("other work gets in between the steps of an import, and none is long") {
        Counter counter;
        std::string table = "客户名称\n";
        for (int i = 0; i < 1600; ++i) table += "第" + std::to_string(i) + "公司\n";
        const auto file = counter.write("b.csv", table);
        std::size_t units = 0;
        const auto in_unit = counter.place.in_unit;
        counter.place.in_unit = [&](const auto& work) {
            ++units;
            in_unit(work);
        };
        CHECK(counter.run({"import", file, "--as", "hanm"}).code == 0);
        CHECK(units >= 1600 / 500 + 3);  // steps, and those before and after
    }

    TEST_CASE("of a file with endless faults the first are kept and the report has all") {
        Counter counter;
        std::string table = "客户名称,负责业务员\n";
        constexpr std::size_t kRows = cli::RowNotes::kRowsKept + 500;
        for (std::size_t i = 0; i < kRows; ++i) table += "第" + std::to_string(i) + "公司,无此人\n";
        const auto file = counter.write("f.csv", table);
        const auto said =
            counter.run({"import", file, "--as", "hanm", "--json", "--report", "r.csv"});
        CHECK(said.json()["refused"] == kRows);
        CHECK(said.json()["rows"].size() == cli::RowNotes::kRowsKept);
        CHECK(said.json()["rows_left_out"] == 500);
        std::ifstream report(counter.store.folder() / "r.csv");
        const std::string text{std::istreambuf_iterator<char>(report), {}};
        // The headings, what was found out about the file, and every row.
        CHECK(static_cast<std::size_t>(std::ranges::count(text, '\n')) == kRows + 2);
    }

    TEST_CASE("giant cells wait in the file, not in memory, however slowly rows are taken") {
        Counter counter;
        std::string table = "客户名称,业务需求\n";
        const std::string giant(125'000, 'x');
        for (int i = 0; i < 100; ++i) table += std::to_string(i) + "," + giant + "\n";
        auto source = tabular::open_table(counter.write("g.csv", table));
        REQUIRE(source);
        server::RowsAhead ahead(**source);
        std::size_t taken = 0;
        for (ahead.fill(); !ahead.is_done(); ahead.fill()) {
            const auto waiting = (*source)->number() - 1 - taken;
            CHECK(waiting * giant.size() < server::RowsAhead::kBytes + 2 * giant.size());
            CHECK(ahead.take()->number == taken + 2);
            ++taken;
        }
        CHECK(taken == 100);
        CHECK(ahead.bytes() == 0);
    }

    TEST_CASE("what is quoted of a giant cell holds no more memory than is quoted") {
        auto notes = cli::RowNotes::open("", Lang::Zh);
        REQUIRE(notes);
        std::string cut(1'000'000, 'x');
        cut.resize(40);
        sheet::RowReport row{.row = 2, .fate = sheet::Fate::Refused, .field = {}, .error = {}};
        row.error = Error{&cli::kWrongUsage, {std::move(cut), std::string(1'000'000, 'y')}};
        REQUIRE(notes->add(std::move(row)));
        for (const auto& arg : notes->kept().front().error->args) CHECK(arg.capacity() < 1000);
    }

    TEST_CASE("a salesperson's import stays a draft of his own") {
        Counter counter;
        const auto file = counter.write("s.csv", "客户名称\n上海精密仪器有限公司\n");
        const auto said = counter.run({"import", file, "--as", "lijg"});
        CHECK(said.code == 0);
        CHECK(said.says("1 new"));
        CHECK(counter.type("customer list --as wangf --json").json().empty());
        CHECK(counter.type("customer post 精密 --as lijg").code == 20);
        CHECK(counter.type("customer post 精密 --as hanm").complains("intake.needs_review"));
        counter.system_sets("精密", "file_state", "clerk_posting");
        CHECK(counter.type("customer post 精密 --as hanm").complains("intake.not_filled"));
    }

    TEST_CASE("no report and no export goes over a file that is there, the imported one least") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        const auto file = counter.write("t.csv", kTable);
        const auto said = counter.run({"import", file, "--as", "hanm", "--report", file});
        CHECK(said.complains("(tabular.file_exists)"));
        CHECK(counter.type("customer list --as hanm --json").json().size() == 1);
        CHECK(counter.run({"export", "customer", file, "--as", "sunli", "--purpose", "年度汇编"})
                  .complains("(tabular.file_exists)"));
        std::ifstream kept(file);
        CHECK(std::string{std::istreambuf_iterator<char>(kept), {}} == kTable);
    }

    TEST_CASE("no command waits for a pipe that nobody writes into") {
        Counter counter;
        const auto pipe = (counter.store.folder() / "ff").string();
        REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
        const auto table = counter.write("t.csv", kTable);
        for (const auto& [words, fault] :
             std::vector<std::pair<std::vector<std::string>, const char*>>{
                 {{"import", pipe, "--as", "hanm"}, "tabular.cannot_open"},
                 {{"import", table, "--map", pipe, "--as", "hanm"}, "tabular.cannot_open"},
                 {{"import", table, "--map", "none.toml", "--as", "hanm"}, "tabular.cannot_open"},
                 {{"audit", "verify", "--against", pipe, "--as", "luop"}, "audit.not_an_anchor"},
                 {{"erased", "apply", pipe, "--as", "luop", "--reason", "xxxx"},
                  "erased.no_register"}}) {
            const auto said = counter.run(words);
            CHECK_MESSAGE(said.complains(fault), words[0] << "\n" << said.err);
        }
    }

    TEST_CASE("a word of an import that does nothing is refused, not passed over") {
        Counter counter;
        const auto file = counter.write("t.csv", kTable);
        const auto told = [&](std::vector<std::string> more) {
            std::vector<std::string> words{"import", file, "--as", "hanm", "--dry-run"};
            words.insert(words.end(), more.begin(), more.end());
            return counter.run(words);
        };
        CHECK(told({"--skip", "没有此列"}).complains("(import.no_column)"));
        CHECK(told({"--sheet", "Sheet1"}).complains("(import.other_form)"));
        const auto said = told({"--skip", "手机"});
        CHECK(said.code == 3);
        CHECK_FALSE(said.complains("Shift-JIS"));
    }

    TEST_CASE("a card to be printed holds what may leave, with whose it is, and each is noted") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        REQUIRE(counter.type("contact add 王海燕 -c 上海精密 --is-primary 是 --as lijg").code == 0);
        const auto prints = [&] {
            std::vector<std::string> results;
            for (const auto& line : counter.store->audit(0, 1'000)) {
                if (line.action != "print") continue;
                CHECK(line.entity == "customer");
                CHECK_FALSE(line.record.is_none());
                results.push_back(line.result + " " + line.purpose);
            }
            return results;
        };
        CHECK(
            counter.type("customer card 上海精密 --as lijg").complains("(access.purpose_needed)"));
        CHECK(counter.type("customer card 上海精密 --as hanm --purpose 年度汇编")
                  .complains("(access.needs_approval)"));
        CHECK(prints() == std::vector<std::string>{"denied ", "denied 年度汇编"});
        // The owner's card needs nobody's approval, that of who may export any none either.
        for (const auto* who : {"lijg", "sunli"}) {
            const auto said = counter.type(
                "customer card 上海精密 --lang zh-CN --purpose 拜访携带 --as " + std::string(who));
            CHECK_MESSAGE(said.code == 0, said.err);
            for (const auto* part :
                 {"上海精密仪器有限公司", "李建国", "王海燕", "拜访携带", "前交还或粉碎"})
                CHECK_MESSAGE(said.says(part), part);
        }
        CHECK(prints().size() == 4);
        CHECK(prints().back() == "ok 拜访携带");
        CHECK(
            counter.type("audit list --lang zh-CN --as sunli --purpose 例行检查").says("打印卡片"));
    }

    TEST_CASE("an export holds what may leave, and needs the right and a purpose") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        CHECK(counter.type("export customer o.csv --as hanm --purpose 年度汇编").code == 20);
        CHECK(counter.type("export customer o.csv --as sunli").code == 20);
        CHECK(!std::filesystem::exists(counter.store.folder() / "o.csv"));
        const auto said = counter.type("export customer o.csv --as sunli --purpose 年度汇编");
        CHECK(said.code == 0);
        std::ifstream file(counter.store.folder() / "o.csv");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        CHECK(text.find("上海精密仪器有限公司") != std::string::npos);
        CHECK(text.find("李建国") != std::string::npos);
        CHECK(text.find("purpose: 年度汇编") != std::string::npos);
        CHECK(counter.type("export nothing o.csv --as sunli").complains("(cli.unknown_kind)"));
        CHECK(
            counter.type("export user o.txt --as sunli").complains("(tabular.unknown_extension)"));
    }
}

}  // namespace
}  // namespace dossier::test
