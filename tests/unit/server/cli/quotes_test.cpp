// What commands quote of a file they show as the file itself would be shown.
#include <algorithm>

#include <doctest/doctest.h>

#include "tests/unit/server/cli/counter.hpp"

namespace dossier::test {
namespace {

constexpr std::string_view kFirst = "股东甲";
constexpr std::string_view kOther = "股东乙";

std::string owners(std::string_view name) {
    return R"([{"name":")" + std::string(name) + R"(","share_bp":10000}])";
}

bool quotes(const Said& said) {
    return said.says(kFirst) || said.says(kOther);
}

/// Lines of the audit that read a case or proposal for this purpose.
std::size_t noted(Counter& counter, std::string_view entity, std::string_view purpose) {
    const auto lines =
        counter.type("audit list --limit 500 --as sunli --purpose 月度审核 --json").json();
    return static_cast<std::size_t>(std::ranges::count_if(lines, [&](const auto& line) {
        return line["entity"] == entity && line["purpose"] == purpose && line["action"] == "view" &&
               line["result"] == "ok";
    }));
}

/// 精密 is of level 1; who owns it is of level 2, and in dispute between clerk and salesperson.
void dispute_owners(Counter& counter) {
    counter.has_customer("上海精密仪器有限公司");
    counter.edit("hanm", "精密", "owners", "", owners(kFirst));
    counter.edit("lijg", "精密", "owners", "", owners(kOther));
}

TEST_SUITE("server/cli/quotes") {
    TEST_CASE(
        "a case of confidential values hides them until a purpose is stated, which is noted") {
        Counter counter;
        dispute_owners(counter);
        for (const std::string command : {"case list", "case list --all", "case show 1"}) {
            CAPTURE(command);
            for (const std::string form : {" --as hanm", " --as hanm --json"}) {
                const auto hidden = counter.type(command + form);
                CHECK(hidden.code == 0);
                CHECK(!quotes(hidden));
                CHECK(hidden.says("●●●"));
                CHECK(hidden.says("精密"));
                CHECK(hidden.complains("--purpose"));
                const auto before = noted(counter, "case", "核对股东");
                const auto shown = counter.type(command + form + " --purpose 核对股东");
                CHECK(quotes(shown));
                CHECK(shown.err.empty());
                CHECK(noted(counter, "case", "核对股东") == before + 1);
            }
        }
        CHECK(counter.type("case rule 1 --take current --as hanm").code == 0);
        CHECK(!quotes(counter.type("case show 1 --as hanm --json")));
    }

    TEST_CASE("a proposal of confidential values hides them until a purpose is stated") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.edit("lijg", "精密", "owners", "", owners(kOther));
        for (const std::string command : {"proposal list", "proposal show 1"}) {
            CAPTURE(command);
            for (const std::string form : {" --as hanm", " --as hanm --json"}) {
                CHECK(!quotes(counter.type(command + form)));
                const auto before = noted(counter, "proposal", "核对股东");
                CHECK(quotes(counter.type(command + form + " --purpose 核对股东")));
                CHECK(noted(counter, "proposal", "核对股东") == before + 1);
            }
        }
        CHECK(!quotes(counter.type("customer history 精密 --as hanm --json")));
        CHECK(quotes(counter.type("customer history 精密 --as hanm --purpose 核对股东 --json")));
    }

    TEST_CASE("the preview of a batch hides confidential values until a purpose is stated") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.edit("hanm", "精密", "legal_rep", "", kFirst);
        counter.edit("lijg", "精密", "legal_rep", "", kOther);
        counter.marks("精密", 2);
        const std::string order = "case batch --rule newest --dry-run --as hanm";
        for (const std::string form : {"", " --json"}) {
            CHECK(!quotes(counter.type(order + form)));
            CHECK(quotes(counter.type(order + form + " --purpose 批量裁决")));
        }
        CHECK(noted(counter, "case", "批量裁决") == 2);
    }

    TEST_CASE("whoever may not see a field is not shown it by the cases that lie in the file") {
        Counter counter;
        dispute_owners(counter);
        REQUIRE(counter
                    .type("user add hejun --name 何军 --department YQ --region HD --role "
                          "market_inspector")
                    .code == 0);
        CHECK(counter.type("case list --all --as hejun --purpose 核实新档 --json").json().empty());
        const auto inspector =
            counter.type("customer show 精密 --as hejun --purpose 核实新档 --json");
        CHECK(inspector.code == 0);
        CHECK(!quotes(inspector));
        CHECK(!quotes(counter.type("customer show 精密 --as hanm --json")));
        CHECK(quotes(counter.type("customer show 精密 --as hanm --purpose 核对股东 --json")));
    }

    TEST_CASE("the name of a top secret file is told for a purpose only, wherever it stands") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.has_customer("上海精密仪器股份有限公司");
        counter.edit("hanm", "上海精密仪器有限公司", "legal_rep", "", kFirst);
        counter.edit("lijg", "上海精密仪器有限公司", "legal_rep", "", kOther);
        counter.edit("lijg", "上海精密仪器有限公司", "registration_info", "", "登记信息");
        counter.type("dup scan");
        REQUIRE(counter
                    .type("user add weim --name 魏明 --department ZB --region ZB --clearance 3 "
                          "--role general_manager")
                    .code == 0);
        for (const auto* name : {"上海精密仪器有限公司", "上海精密仪器股份有限公司"})
            counter.marks(name, 3);
        for (const std::string command :
             {"customer list", "customer list --text 精密", "customer show 精密", "case list",
              "case show 1", "case batch --rule current --dry-run", "proposal list",
              "proposal show 1", "late", "dup list", "dup show 1"}) {
            CAPTURE(command);
            const auto hidden = counter.type(command + " --as sunli");
            CHECK(!hidden.says("精密"));
            CHECK(!hidden.complains("精密仪器"));
            CHECK(!quotes(hidden));
            if (command == "customer show 精密") continue;
            CHECK(counter.type(command + " --as sunli --purpose 年度审核").says("精密"));
        }
    }
}

TEST_SUITE("server/cli/hidden_values") {
    TEST_CASE("a code that only a hidden file has is as free as one that nobody has") {
        Counter counter;
        REQUIRE(counter
                    .type("user add weim --name 魏明 --department ZB --region ZB --clearance 3 "
                          "--role general_manager")
                    .code == 0);
        const std::string taken = "91310115MA1K7QXY3K";
        const std::string nobodys = "91330106MA2AB1234G";
        const auto table = [&](std::string_view name, const std::string& code) {
            return counter.write("code.csv", "客户名称,负责业务员,区域,统一社会信用代码\n" +
                                                 std::string(name) + ",lijg,HD," + code + "\n");
        };
        const auto code_of_hidden =
            counter.run({"import", table("深蓝甲材料有限公司", taken), "--as", "hanm", "--json"});
        REQUIRE(code_of_hidden.json()["new"] == 1);
        counter.posts_drafts();
        counter.marks("深蓝", 3);
        const auto answer = [&](const std::string& name, const std::string& code) {
            const auto file = table(name, code);
            const auto rehearsed =
                counter.run({"import", file, "--as", "zhangw", "--dry-run", "--json"});
            const auto said = counter.run({"import", file, "--as", "zhangw", "--json"});
            const auto posted =
                counter.run({"customer", "post", name, "--as", "hanm", "--lang", "en"});
            const auto scanned = counter.type("dup scan --as hanm --json");
            auto told = rehearsed.json();
            auto done = said.json();
            return told.dump() + done.dump() + std::to_string(posted.code) + posted.err +
                   scanned.out + scanned.err + counter.type("dup list --as hanm --json").out;
        };
        CHECK(answer("远洋乙贸易有限公司", taken) == answer("高原丙餐饮有限公司", nobodys));
        // Nothing is lost by it: who may know of both finds the pair.
        CHECK(counter.type("dup list --as sunli --purpose 年度审核 --json").json().size() == 1);
    }

    TEST_CASE("an import cannot be used to try values of a file one may only look up") {
        Counter counter;
        counter.has_customer("上海精密仪器有限公司");
        counter.edit("hanm", "精密", "legal_rep", "", "赵钱");
        counter.edit("hanm", "精密", "unified_code", "", "91310115MA1K7QXY3K");
        const auto number = counter.type("customer list --as wangf --json")
                                .json()[0]["customer_no"]
                                .get<std::string>();
        const auto answer = [&](const std::string& legal_rep) {
            const auto file =
                counter.write("try.csv", "客户编号,客户名称,法定代表人\n" + number +
                                             ",上海精密仪器有限公司," + legal_rep + "\n");
            const auto said = counter.run({"import", file, "--update", "--as", "wangf", "--json"});
            return std::to_string(said.code) + said.out + said.err;
        };
        CHECK(answer("赵钱") == answer("孙李"));
        // Who may read it is told that the customer is there already.
        const auto known = counter.write(
            "known.csv", "客户名称,统一社会信用代码\n深蓝丁材料有限公司,91310115MA1K7QXY3K\n");
        CHECK(counter.run({"import", known, "--as", "hanm", "--json"}).json()["duplicate"] == 1);
        const auto by_code = [&](const std::string& name, const std::string& code) {
            const auto file = counter.write(
                "code.csv", "\xEF\xBB\xBF客户名称,统一社会信用代码\n" + name + "," + code + "\n");
            const auto said = counter.run({"import", file, "--as", "wangf", "--json"});
            std::string all = std::to_string(said.code) + said.out + said.err;
            // What the file itself says is shown as a sample of its encoding.
            for (auto at = all.find(name); at != std::string::npos; at = all.find(name))
                all.replace(at, name.size(), "N");
            return all;
        };
        CHECK(by_code("远洋乙贸易有限公司", "91310115MA1K7QXY3K") ==
              by_code("高原丙餐饮有限公司", "91330106MA2AB1234G"));
    }
}

}  // namespace
}  // namespace dossier::test
