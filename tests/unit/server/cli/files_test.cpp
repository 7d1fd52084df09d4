#include <filesystem>
#include <fstream>

#include <doctest/doctest.h>

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
    TEST_CASE("an import posts what it may, says what it left out, and exits with partial") {
        Counter counter;
        const auto file = counter.write("t.csv", kTable);
        const auto said = counter.run({"import", file, "--as", "hanm", "--report", "r.csv"});
        CHECK(said.code == 3);
        CHECK(said.says("imported: 2 new (2 posted), 0 changed, 0 duplicate, 2 refused"));
        CHECK(said.complains("说明栏"));
        CHECK(said.complains("row 5 refused 负责业务员"));
        std::ifstream report(counter.store.folder() / "r.csv");
        const std::string text{std::istreambuf_iterator<char>(report), {}};
        CHECK(text.find("5,refused,负责业务员,") != std::string::npos);
        const auto shown = counter.type("customer show 上海 --as hanm --json").json();
        CHECK(shown["values"]["customer_no"] == "KH-HD-2026-000001-7");
        CHECK(shown["values"]["file_state"] == "active");
        CHECK(shown["records"][0]["values"]["name"] == "陈晨");
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

    TEST_CASE("a salesperson's import stays a draft of his own") {
        Counter counter;
        const auto file = counter.write("s.csv", "客户名称\n上海精密仪器有限公司\n");
        const auto said = counter.run({"import", file, "--as", "lijg"});
        CHECK(said.code == 0);
        CHECK(said.says("1 new (0 posted)"));
        CHECK(counter.type("customer list --as wangf --json").json().empty());
        CHECK(counter.type("customer post 精密 --as lijg").code == 20);
        CHECK(counter.type("customer post 精密 --as hanm").says("is posted with number KH-"));
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
